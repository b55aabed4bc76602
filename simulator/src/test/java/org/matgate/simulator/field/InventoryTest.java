package org.matgate.simulator.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.matgate.simulator.race.Course;
import org.matgate.simulator.race.Crossing;
import org.matgate.simulator.race.Mat;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.reader.Sighting;

class InventoryTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void theSameSeedGivesTheSameSightings() throws Exception {
        Scenario demo = Scenario.load("demo");
        List<Crossing> crossings = Course.run(demo, 3).crossings();
        Mat mat = demo.mats().getFirst();
        assertThat(Inventory.sightings(mat, crossings, 3, 100)).isEqualTo(Inventory.sightings(mat, crossings, 3, 100));
        assertThat(Inventory.sightings(mat, crossings, 4, 100))
                .isNotEqualTo(Inventory.sightings(mat, crossings, 3, 100));
    }

    @Test
    void theDemoOffersReadsInTheThousandsAndOfNearlyEveryRunnerAtEveryMat() throws Exception {
        Scenario demo = Scenario.load("demo");
        List<Crossing> crossings = Course.run(demo, demo.seed()).crossings();
        int offered = 0;
        for (Mat mat : demo.mats()) {
            List<Sighting> sightings = Inventory.sightings(mat, crossings, demo.seed(), 0);
            offered += sightings.size();
            assertThat(sightings.stream().map(Sighting::chip).distinct().count())
                    .as(mat.name())
                    .isGreaterThan(115);
            assertThat(sightings.stream().map(Sighting::antenna).collect(Collectors.toSet()))
                    .as(mat.name())
                    .containsExactlyInAnyOrderElementsOf(mat.antennas());
        }
        assertThat(offered).isGreaterThan(3300);
    }

    @Test
    void aReaderNeverSeesMoreThanItCanTellApart() throws Exception {
        Scenario demo = Scenario.load("demo");
        List<Crossing> crossings = Course.run(demo, demo.seed()).crossings();
        for (Mat mat : demo.mats()) {
            List<Sighting> sightings = Inventory.sightings(mat, crossings, 1, 0);
            assertThat(sightings).extracting(Sighting::monotonicNanos).isSorted();
            sightings.stream()
                    .collect(Collectors.groupingBy(s -> s.monotonicNanos() / SECOND, Collectors.counting()))
                    .forEach((second, count) -> assertThat((double) count).isLessThan(mat.readsPerSecond() * 1.1));
        }
    }

    @Test
    void chipsAreSeenAroundTheirCrossingAndStrongestThere() throws Exception {
        Scenario quiet = Scenario.load("quiet");
        List<Crossing> crossings = Course.run(quiet, 1).crossings();
        Mat mat = quiet.mats().getFirst();
        double near = 0;
        double far = 0;
        int nears = 0;
        int fars = 0;
        for (Sighting sighting : Inventory.sightings(mat, crossings, 1, 7 * SECOND)) {
            Crossing crossing = crossings.stream()
                    .filter(c -> c.timingPoint().equals(mat.timingPoint())
                            && c.runner().uhfChip().equals(sighting.chip()))
                    .findFirst()
                    .orElseThrow();
            double metres = Math.abs(sighting.monotonicNanos() - 7 * SECOND - crossing.atNanos())
                    * 1e-9
                    * crossing.metresPerSecond();
            assertThat(metres).isLessThan(AntennaField.REACH_METRES + 0.01);
            if (metres < 0.6) {
                near += sighting.rssiCentiDbm();
                nears++;
            } else if (metres > 1.2) {
                far += sighting.rssiCentiDbm();
                fars++;
            }
        }
        assertThat(near / nears).isGreaterThan(far / fars + 100);
    }
}
