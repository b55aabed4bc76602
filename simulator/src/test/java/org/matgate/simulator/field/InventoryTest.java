package org.matgate.simulator.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.Chip;
import org.matgate.simulator.race.ChipCondition;
import org.matgate.simulator.race.Course;
import org.matgate.simulator.race.Crossing;
import org.matgate.simulator.race.Mat;
import org.matgate.simulator.race.Runner;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.reader.RaceSighting;

class InventoryTest {
    private static final long SECOND = 1_000_000_000;

    /** A 5 km race with one mat in the finish. */
    private static Scenario race(int runners, double startsPerSecond, String more) throws Exception {
        return Scenario.parse("x.toml", """
                [race]
                name = "Field"
                seed = 1
                duration = 6000
                [[distance]]
                name = "5 km"
                length = 5000
                gun = 10
                runners = %d
                starts_per_second = %s
                finish = { mean = "0:25:00", sd = 200 }
                %s
                [[timing_point]]
                name = "start"
                at = 0
                [[timing_point]]
                name = "finish"
                at = "finish"
                [[mat]]
                name = "start-main"
                timing_point = "start"
                family = "mercury"
                [[mat]]
                name = "finish-main"
                timing_point = "finish"
                family = "mercury"
                """.formatted(runners, startsPerSecond, more));
    }

    private static List<RaceSighting> sightings(Mat mat, Course course, long seed) {
        List<RaceSighting> all = new ArrayList<>();
        Inventory.of(mat, course, seed).forEachRemaining(all::add);
        return all;
    }

    private static Map<Chip, Long> counts(List<RaceSighting> sightings) {
        return sightings.stream().collect(Collectors.groupingBy(RaceSighting::chip, Collectors.counting()));
    }

    /** How often a mat reads each runner with such a chip: the mean, and the share of those that it misses. */
    private record Reads(double mean, double missed) {
        static Reads of(Course course, Mat mat, ChipCondition condition) {
            Map<Chip, Long> counts = counts(sightings(mat, course, 1));
            List<Runner> runners = course.runners().stream()
                    .filter(runner -> runner.chipCondition() == condition)
                    .toList();
            return new Reads(
                    runners.stream()
                            .mapToLong(runner -> counts.getOrDefault(runner.uhfChip(), 0L))
                            .average()
                            .orElse(Double.NaN),
                    (double) runners.stream()
                                    .filter(runner -> !counts.containsKey(runner.uhfChip()))
                                    .count()
                            / runners.size());
        }
    }

    @Test
    void theSameSeedGivesTheSameSightings() throws Exception {
        Scenario demo = Scenario.load("demo");
        Course course = Course.run(demo, 3);
        Mat mat = demo.mats().getFirst();
        assertThat(sightings(mat, course, 3)).isEqualTo(sightings(mat, course, 3));
        assertThat(sightings(mat, course, 4)).isNotEqualTo(sightings(mat, course, 3));
    }

    @Test
    void theDemoOffersReadsInTheThousandsAndOfNearlyEveryRunnerAtEveryMat() throws Exception {
        Scenario demo = Scenario.load("demo");
        Course course = Course.run(demo, demo.seed());
        int offered = 0;
        for (Mat mat : demo.mats()) {
            List<RaceSighting> sightings = sightings(mat, course, demo.seed());
            offered += sightings.size();
            assertThat(counts(sightings)).as(mat.name()).hasSizeGreaterThan(110);
            assertThat(sightings.stream().map(RaceSighting::antenna).collect(Collectors.toSet()))
                    .as(mat.name())
                    .containsExactlyInAnyOrderElementsOf(mat.antennas());
        }
        assertThat(offered).isGreaterThan(2500);
    }

    @Test
    void aReaderNeverSeesMoreThanItCanTellApartAndAlwaysInOrder() throws Exception {
        Scenario crowded = race(3000, 50, "");
        Course course = Course.run(crowded, 1);
        for (Mat mat : crowded.mats()) {
            List<RaceSighting> sightings = sightings(mat, course, 1);
            assertThat(sightings).extracting(RaceSighting::raceNanos).isSorted();
            sightings.stream()
                    .collect(Collectors.groupingBy(s -> s.raceNanos() / SECOND, Collectors.counting()))
                    .forEach((second, count) -> assertThat((double) count).isLessThan(mat.readsPerSecond() * 1.1));
        }
    }

    @Test
    void inAPackEachIsReadAFewTimesOnlyAndMoreAreMissedThanAlone() throws Exception {
        Scenario alone = race(600, 0.2, "");
        Scenario packed = race(3000, 30, "");
        Reads lonely = Reads.of(Course.run(alone, 1), alone.mats().getFirst(), ChipCondition.WELL_PLACED);
        Reads crowded = Reads.of(Course.run(packed, 1), packed.mats().getFirst(), ChipCondition.WELL_PLACED);
        assertThat(lonely.mean()).isBetween(10.0, 50.0);
        assertThat(lonely.missed()).isLessThan(0.005);
        assertThat(crowded.mean()).isBetween(2.0, lonely.mean() / 2);
        assertThat(crowded.missed()).isBetween(0.0, 0.08);
    }

    @Test
    void coveredChipsAreReadLessBentOnesToAndDeadOnesNever() throws Exception {
        Scenario race = race(2000, 1, "chips = { covered = 0.3, bent = 0.3, dead = 0.1 }");
        Course course = Course.run(race, 1);
        Mat finish = race.mats().getLast();
        Reads well = Reads.of(course, finish, ChipCondition.WELL_PLACED);
        Reads covered = Reads.of(course, finish, ChipCondition.COVERED);
        Reads bent = Reads.of(course, finish, ChipCondition.BENT);
        assertThat(well.missed()).isLessThan(0.02);
        assertThat(covered.mean()).isBetween(2.0, well.mean() * 0.7);
        assertThat(covered.missed()).isBetween(0.0, 0.2);
        assertThat(bent.mean()).isLessThan(covered.mean());
        assertThat(Reads.of(course, finish, ChipCondition.DEAD)).isEqualTo(new Reads(0, 1));
    }

    @Test
    void chipsAreSeenAroundTheirCrossingAndStrongestThereAndMoreOftenBeforeThanBehind() throws Exception {
        Scenario race = race(300, 1, "chips = { covered = 0 }");
        Course course = Course.run(race, 1);
        Mat finish = race.mats().getLast();
        Map<Chip, Crossing> crossings = course.crossings().stream()
                .filter(crossing -> crossing.timingPoint().equals("finish"))
                .collect(Collectors.toMap(crossing -> crossing.runner().uhfChip(), crossing -> crossing));
        Map<String, List<Integer>> strengths = new HashMap<>();
        for (RaceSighting sighting : sightings(finish, course, 1)) {
            Crossing crossing = Objects.requireNonNull(crossings.get(sighting.chip()));
            double metres = (sighting.raceNanos() - crossing.atNanos()) * 1e-9 * crossing.metresPerSecond();
            assertThat(Math.abs(metres)).isLessThan(AntennaField.REACH_METRES + 0.01);
            String where = Math.abs(metres) < 0.3 ? "over" : metres < 0 ? "before" : "behind";
            strengths.computeIfAbsent(where, key -> new ArrayList<>()).add(sighting.rssiCentiDbm());
        }
        assertThat(mean(strengths, "over")).isGreaterThan(mean(strengths, "before") + 300);
        assertThat(strengths.getOrDefault("before", List.of()).size())
                .isGreaterThan(2 * strengths.getOrDefault("behind", List.of()).size());
    }

    private static double mean(Map<String, List<Integer>> strengths, String where) {
        return strengths.getOrDefault(where, List.of()).stream()
                .mapToInt(Integer::intValue)
                .average()
                .orElse(Double.NaN);
    }

    @Test
    void whoStandsTurnsBackOrWatchesIsReadThereAllTheTime() throws Exception {
        Scenario race = race(50, 1, """
                chips = { covered = 0, bent = 0, dead = 0 }
                [[fault]]
                kind = "stand"
                timing_point = "finish"
                seconds = 30
                [[fault]]
                kind = "turn-back"
                timing_point = "finish"
                seconds = 20
                [[fault]]
                kind = "spectator"
                timing_point = "finish"
                from = 500
                until = 600
                """);
        Course course = Course.run(race, 1);
        List<RaceSighting> sightings = sightings(race.mats().getLast(), course, 1);
        Crossing stands = course.crossings().stream()
                .filter(crossing -> crossing.standsNanos() > 0)
                .findFirst()
                .orElseThrow();
        assertThat(seen(sightings, stands.runner().uhfChip(), stands.atNanos(), stands.atNanos() + 30 * SECOND))
                .isGreaterThan(100);
        course.lingerings()
                .forEach(lingering -> assertThat(
                                seen(sightings, lingering.uhfChip(), lingering.fromNanos(), lingering.untilNanos()))
                        .as("%s", lingering)
                        .isPositive());
        assertThat(course.lingerings()).hasSize(2);
    }

    private static long seen(List<RaceSighting> sightings, Chip chip, long fromNanos, long untilNanos) {
        return sightings.stream()
                .filter(sighting -> sighting.chip().equals(chip)
                        && fromNanos <= sighting.raceNanos()
                        && sighting.raceNanos() <= untilNanos)
                .count();
    }

    @Test
    void theBackupLineSeesEachALittleLater() throws Exception {
        Scenario main = race(200, 1, "chips = { covered = 0 }");
        Course course = Course.run(main, 1);
        Mat finish = main.mats().getLast();
        Mat backup = Scenario.parse("x.toml", main.text() + "line = \"backup\"\n")
                .mats()
                .getLast();
        assertThat(meanNanos(backup, course) - meanNanos(finish, course)).isBetween(0.15e9, 0.45e9);
    }

    private static double meanNanos(Mat mat, Course course) {
        Map<Chip, Double> ofRunners = sightings(mat, course, 1).stream()
                .collect(Collectors.groupingBy(RaceSighting::chip, Collectors.averagingLong(RaceSighting::raceNanos)));
        return ofRunners.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }
}
