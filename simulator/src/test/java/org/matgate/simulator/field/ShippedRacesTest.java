package org.matgate.simulator.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.matgate.protocol.Chip;
import org.matgate.simulator.race.ChipCondition;
import org.matgate.simulator.race.Course;
import org.matgate.simulator.race.Mat;
import org.matgate.simulator.race.Runner;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.reader.RaceSighting;

/** The big races as they are shipped: a whole day each, without a box. */
class ShippedRacesTest {
    /** What the mats of one timing point saw. */
    private static long sightings(Scenario race, Course course, String point, Set<Chip> seen) {
        long count = 0;
        for (Mat mat : race.matsAt(point)) {
            long ofMat = 0;
            for (Iterator<RaceSighting> all = Inventory.of(mat, course, race.seed()); all.hasNext(); ofMat++) {
                seen.add(all.next().chip());
            }
            assertThat(ofMat).as(mat.name()).isGreaterThan(1000);
            count += ofMat;
        }
        return count;
    }

    @ParameterizedTest
    @CsvSource({"winter-run-2026, 2500, 100000, 3", "almaty-marathon, 18000, 1000000, 6"})
    void aDayIsSeenByAllMatsAndHardlyAnyFinisherIsMissedByBothLines(String name, int runners, long atLeast, int boxes)
            throws Exception {
        Scenario race = Scenario.load(name);
        Course course = Course.run(race, race.seed());
        assertThat(course.shortfalls()).isEmpty();
        assertThat(course.runners()).hasSize(runners);
        assertThat(race.boxes()).hasSize(boxes);
        long count = 0;
        for (String point : race.boxes()) {
            Set<Chip> seen = new HashSet<>();
            count += sightings(race, course, point, seen);
            if (point.equals("finish")) {
                assertThat(missed(course, seen)).isLessThan(runners / 500L);
            }
        }
        assertThat(count).isGreaterThan(atLeast);
    }

    /** How many crossed the finish with a chip that is not dead, and were not seen. */
    private static long missed(Course course, Set<Chip> seen) {
        return course.crossings().stream()
                .filter(crossing -> crossing.timingPoint().equals("finish"))
                .map(crossing -> crossing.runner())
                .filter(runner -> runner.chipCondition() != ChipCondition.DEAD && !seen.contains(runner.uhfChip()))
                .count();
    }

    @Test
    void aRelayTeamOfAlmatyRunsSixLegsAndTheLateOfTheHalfAreStopped() throws Exception {
        Course course = Course.run(Scenario.load("almaty-marathon"), 1);
        assertThat(course.runners().stream()
                        .filter(runner -> runner.distance().equals("Ekiden") && runner.team() == 100))
                .extracting(Runner::leg)
                .containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(course.runners())
                .filteredOn(runner -> runner.status() == Runner.Status.STOPPED)
                .isNotEmpty()
                .allMatch(runner -> runner.distance().equals("half marathon"));
    }
}
