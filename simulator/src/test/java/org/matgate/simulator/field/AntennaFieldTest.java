package org.matgate.simulator.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AntennaFieldTest {
    private static final AntennaField ONE = new AntennaField(1);

    @Test
    void strengthFallsWithDistanceAndWithAngle() {
        double right = ONE.pathLossDb(0, 0.5, 0, 1);
        assertThat(right).isCloseTo(0, within(1e-9));
        // Twice as far on the axis: 6 dB on the way there, 12 dB there and back.
        assertThat(ONE.pathLossDb(0, 0.5, 0, 2)).isCloseTo(6.02, within(0.01));
        assertThat(AntennaField.rssiDbm(0) - AntennaField.rssiDbm(6.02)).isCloseTo(12.04, within(0.01));
        // At half the beam width off the axis: half the power, besides the greater distance.
        double aside = Math.tan(Math.toRadians(35));
        double farther = 20 * Math.log10(1 / Math.cos(Math.toRadians(35)));
        assertThat(ONE.pathLossDb(0, 0.5, aside, 1)).isCloseTo(3.01 + farther, within(0.01));
        assertThat(ONE.pathLossDb(0, 0.5, -aside, 1)).isEqualTo(ONE.pathLossDb(0, 0.5, aside, 1));
    }

    @Test
    void theNearestAntennaHearsBest() {
        AntennaField four = new AntennaField(4);
        for (int antenna = 1; antenna < 4; antenna++) {
            assertThat(four.pathLossDb(antenna, 0.1, 0, 1.2)).isGreaterThan(four.pathLossDb(antenna - 1, 0.1, 0, 1.2));
        }
    }

    @Test
    void theChanceGoesFromOneToNothingWithinTheReach() {
        assertThat(AntennaField.chance(ONE.pathLossDb(0, 0.5, 0, 1.2))).isGreaterThan(0.999);
        assertThat(AntennaField.chance(ONE.pathLossDb(0, 0.5, AntennaField.REACH_METRES, 1.2)))
                .isLessThan(0.15);
        assertThat(AntennaField.chance(18)).isCloseTo(0.5, within(1e-9));
        assertThat(AntennaField.chance(Double.POSITIVE_INFINITY)).isZero();
    }
}
