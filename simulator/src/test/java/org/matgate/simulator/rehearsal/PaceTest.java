package org.matgate.simulator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.RaceClock.Piece;

class PaceTest {
    private static final long START = 7_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final Lag BUSY = new Lag(0, 4_100, 0, false);

    private final RaceClock clock = RaceClock.starting(START);
    private long now = START;

    private void run(Pace pace, long seconds, Lag lag) {
        for (long until = now + seconds * SECOND; now < until; now += Pace.STEP_NANOS) {
            pace.goOn(now, lag);
        }
    }

    private double rate() {
        return clock.pieces().getLast().rate();
    }

    @Test
    void itGetsFasterByAndByAndNoFasterThanAsked() {
        Pace pace = new Pace(clock, 60, List.of());
        run(pace, 2, Lag.NONE);
        assertThat(rate()).isBetween(1.5, 4.0);
        run(pace, 20, Lag.NONE);
        assertThat(rate()).isEqualTo(60);
        assertThat(clock.pieces()).allSatisfy(piece -> assertThat(piece.rate()).isBetween(1.0, 60.0));
        assertThat(clock.knownUntilNanos()).isBetween(now, now + Pace.AHEAD_NANOS);
    }

    @Test
    void itSlowsDownForWhatLagsAndRecovers() {
        Pace pace = new Pace(clock, 40, List.of());
        run(pace, 20, Lag.NONE);
        run(pace, 1, BUSY);
        double slower = rate();
        assertThat(slower).isBetween(10.0, 30.0);
        run(pace, 1, new Lag(70_000_000, 0, 0, false));
        assertThat(rate()).isLessThan(slower);
        run(pace, 20, new Lag(0, 0, 50_000, false));
        // Real time is what mats and boxes are made for.
        assertThat(rate()).isEqualTo(1);
        run(pace, 20, Lag.NONE);
        assertThat(rate()).isEqualTo(40);
    }

    @Test
    void aHeavyLagIsHeededSooner() {
        Pace pace = new Pace(clock, 40, List.of());
        run(pace, 20, Lag.NONE);
        run(pace, 1, new Lag(0, 40_000, 0, false));
        assertThat(rate()).isLessThan(10);
    }

    @Test
    void inBetweenItStaysAsFastAsItIs() {
        Pace pace = new Pace(clock, 40, List.of());
        run(pace, 3, Lag.NONE);
        double before = rate();
        run(pace, 3, new Lag(45_000_000, 0, 0, false));
        assertThat(rate()).isEqualTo(before);
    }

    @Test
    void whileABoxStartsItIsRealTime() {
        Pace pace = new Pace(clock, 40, List.of());
        run(pace, 20, Lag.NONE);
        run(pace, 1, new Lag(0, 0, 0, true));
        assertThat(rate()).isEqualTo(1);
    }

    @Test
    void aStretchIsEnteredAndLeftAtItsOwnMoments() {
        Stretch slow = new Stretch(2_000 * SECOND, 2_200 * SECOND, 20);
        Pace pace = new Pace(clock, 60, List.of(slow));
        run(pace, 90, Lag.NONE);
        long entered = clock.monotonicNanos(2_000 * SECOND);
        long left = clock.monotonicNanos(2_200 * SECOND);
        assertThat(left - entered).isCloseTo(10 * SECOND, within(100L));
        assertThat(rateAt(entered - 1000)).isEqualTo(60);
        assertThat(rateAt(entered + 1000)).isEqualTo(20);
        assertThat(rateAt(left + 1000)).isEqualTo(60);
    }

    @Test
    void aStretchInRealTimeIsKnownToItsEndBeforeItBegins() {
        Stretch calm = new Stretch(1_000 * SECOND, 1_016 * SECOND, 1);
        Pace pace = new Pace(clock, 60, List.of(calm));
        while (clock.monotonicNanos(1_016 * SECOND) == RaceClock.NOT_YET) {
            pace.goOn(now, Lag.NONE);
            now += Pace.STEP_NANOS;
        }
        assertThat(now).isLessThan(clock.monotonicNanos(1_000 * SECOND));
        // Whatever lags meanwhile.
        run(pace, 20, BUSY);
        assertThat(clock.monotonicNanos(1_016 * SECOND) - clock.monotonicNanos(1_000 * SECOND))
                .isCloseTo(16 * SECOND, within(100L));
    }

    @Test
    void whoComesLateFindsThatTheRaceStoodStill() {
        Pace pace = new Pace(clock, 60, List.of());
        run(pace, 20, Lag.NONE);
        long known = clock.knownUntilNanos();
        long race = clock.raceNanos(known);
        now = known + 3 * SECOND;
        pace.goOn(now, Lag.NONE);
        assertThat(clock.raceNanos(now)).isEqualTo(race);
        assertThat(rateAt(known + SECOND)).isZero();
        assertThat(clock.raceNanos(now + 1_000_000)).isGreaterThan(race);
    }

    @Test
    void aSpeedBelowRealTimeIsRefused() {
        assertThatThrownBy(() -> new Pace(clock, 0.5, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private double rateAt(long monotonicNanos) {
        return clock.pieces().stream()
                .filter(piece -> piece.monotonicNanos() <= monotonicNanos)
                .reduce((first, second) -> second)
                .map(Piece::rate)
                .orElseThrow();
    }
}
