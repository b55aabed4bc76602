package org.matgate.simulator.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.matgate.simulator.race.Runner.Status;

/** What distances of all shapes come to on the course. */
class RaceShapesTest {
    private static final long SECOND = 1_000_000_000;

    private static final String RACE = """
            [race]
            name = "Shapes"
            seed = 1
            clock_zero = "08:00:00"
            duration = "4:00:00"
            """;

    private static final String FINISH = """
            [[timing_point]]
            name = "finish"
            at = "finish"
            [[mat]]
            name = "m"
            timing_point = "finish"
            family = "mercury"
            """;

    private static Course course(String text) throws ScenarioException {
        return Course.run(Scenario.parse("x.toml", RACE + text + FINISH), 1);
    }

    private static Map<Integer, List<Crossing>> byBib(Course course) {
        return course.crossings().stream()
                .collect(Collectors.groupingBy(crossing -> crossing.runner().bib()));
    }

    @Test
    void aPointOnTheLoopIsPassedOnceALapAndItsLimitHoldsForTheFirstLap() throws Exception {
        Course course = course("""
                [[distance]]
                name = "half"
                length = 21097.5
                laps = 2
                gun = "08:10:00"
                limit = "3:00:00"
                limits = { lap = "1:30:00" }
                runners = 400
                finish = { mean = "2:30:00", sd = "0:20:00" }
                [[timing_point]]
                name = "start"
                at = 0
                [[timing_point]]
                name = "lap"
                at = { half = 10000 }
                """);
        Map<Integer, List<Crossing>> crossings = byBib(course);
        Map<Status, Long> outcomes =
                course.runners().stream().collect(Collectors.groupingBy(Runner::status, Collectors.counting()));
        assertThat(outcomes).containsOnlyKeys(Status.STOPPED, Status.LATE, Status.FINISHED);
        for (Runner runner : course.runners()) {
            List<Crossing> own = crossings.getOrDefault(runner.bib(), List.of());
            Crossing lap = own.get(1);
            assertThat(lap.timingPoint()).isEqualTo("lap");
            boolean tooLate = lap.atNanos() - runner.gunNanos() > 5400 * SECOND;
            assertThat(runner.status() == Status.STOPPED).isEqualTo(tooLate);
            assertThat(own)
                    .extracting(crossing -> crossing.timingPoint() + crossing.pass())
                    .containsExactlyElementsOf(
                            tooLate
                                    ? List.of("start1", "lap1")
                                    : List.of("start1", "lap1", "start2", "lap2", "finish1"));
            if (!tooLate) {
                assertThat(runner.finishNanos()).hasValue(own.getLast().atNanos());
                assertThat(runner.status() == Status.LATE)
                        .isEqualTo(own.getLast().atNanos() - runner.gunNanos() > 3 * 3600 * SECOND);
            }
        }
        assertThat(course.runners().getFirst().gunNanos()).isEqualTo(600 * SECOND);
    }

    @Test
    void teamsRunTheirLegsOneAfterAnother() throws Exception {
        Course course = course("""
                [[distance]]
                name = "ekiden"
                legs = [5000, 10000, 7195]
                gun = 60
                teams = 50
                dns = 0.1
                dnf = 0.3
                finish = { mean = "1:45:00", sd = "0:10:00" }
                first_bib = 3001
                [[timing_point]]
                name = "exchange"
                at = "exchange"
                """);
        assertThat(course.runners()).hasSize(150);
        Map<Integer, List<Crossing>> crossings = byBib(course);
        for (int team = 0; team < 50; team++) {
            List<Runner> legs = course.runners().subList(3 * team, 3 * team + 3);
            assertThat(legs).extracting(Runner::bib).containsExactly(3001 + 3 * team, 3002 + 3 * team, 3003 + 3 * team);
            assertThat(legs).extracting(Runner::leg).containsExactly(1, 2, 3);
            assertThat(legs).allMatch(runner -> runner.team() == legs.getFirst().team());
            for (int leg = 0; leg < 3; leg++) {
                Runner runner = legs.get(leg);
                List<Crossing> own = crossings.getOrDefault(runner.bib(), List.of());
                if (leg > 0 && legs.get(leg - 1).status() == Status.FINISHED) {
                    assertThat(runner.startNanos().orElse(0)
                                    - legs.get(leg - 1).finishNanos().orElse(0))
                            .isBetween(SECOND / 2, 3 * SECOND);
                    assertThat(own.getFirst().atNanos())
                            .isEqualTo(runner.startNanos().orElse(0));
                } else if (leg > 0) {
                    assertThat(runner.status()).isEqualTo(Status.DNS);
                    assertThat(own).isEmpty();
                }
                if (runner.status() == Status.FINISHED) {
                    assertThat(own).extracting(Crossing::timingPoint).endsWith(leg == 2 ? "finish" : "exchange");
                    assertThat(own).hasSize(leg == 0 ? 1 : 2);
                }
            }
        }
        assertThat(course.runners()).extracting(Runner::status).contains(Status.DNS, Status.DNF, Status.FINISHED);
    }

    @Test
    void everyWaveHasItsGunItsPeopleAndItsPace() throws Exception {
        Course course = course("""
                [[distance]]
                name = "10 km"
                length = 10000
                gun = "08:05:00"
                finish = { mean = "1:00:00", sd = 300 }
                [[wave]]
                distance = "10 km"
                name = "chairs"
                gun = "08:00:10"
                runners = 20
                person = "wheelchair"
                finish = { mean = "0:25:00", sd = 60 }
                [[wave]]
                distance = "10 km"
                name = "all"
                runners = 300
                starts_per_second = 5
                """);
        List<Runner> chairs = course.runners().subList(0, 20);
        List<Runner> all = course.runners().subList(20, 320);
        assertThat(chairs).allMatch(runner -> runner.gunNanos() == 10 * SECOND && runner.person() == Person.WHEELCHAIR);
        assertThat(all).allMatch(runner -> runner.gunNanos() == 300 * SECOND && runner.person() == Person.RUNNER);
        assertThat(chairs).allMatch(runner -> seconds(runner) < 1700);
        assertThat(all).allMatch(runner -> seconds(runner) > 2600);
        assertThat(all.stream()
                        .mapToLong(runner -> runner.startNanos().orElse(0) - runner.gunNanos())
                        .max()
                        .orElse(0))
                .isBetween(59 * SECOND, 60 * SECOND);
    }

    private static long seconds(Runner runner) {
        return (runner.finishNanos().orElse(0) - runner.startNanos().orElse(0)) / SECOND;
    }

    @Test
    void whoStartsEarlyIsEarlyInTheTruth() throws Exception {
        Course course = course("""
                [[distance]]
                name = "10 km"
                length = 10000
                gun = 100
                runners = 200
                finish = { mean = "1:00:00", sd = 300 }
                [[fault]]
                kind = "early-start"
                distance = "10 km"
                count = 7
                seconds = 30
                [[timing_point]]
                name = "start"
                at = 0
                """);
        List<Runner> early = course.runners().stream()
                .filter(runner -> runner.startedEarly(0))
                .toList();
        assertThat(early).hasSize(7);
        for (Runner runner : early) {
            Crossing start = byBib(course).getOrDefault(runner.bib(), List.of()).getFirst();
            assertThat(start.timingPoint()).isEqualTo("start");
            assertThat(start.atNanos()).isBetween(70 * SECOND, 99 * SECOND);
        }
    }

    @Test
    void aShareNeverComesAndAShareGivesUp() throws Exception {
        Course course = course("""
                [[distance]]
                name = "10 km"
                length = 10000
                gun = 100
                runners = 2000
                dns = 0.1
                dnf = 0.05
                chips = { covered = 0.3, bent = 0.1, dead = 0.02 }
                finish = { mean = "1:00:00", sd = 300 }
                """);
        Map<Status, Long> outcomes =
                course.runners().stream().collect(Collectors.groupingBy(Runner::status, Collectors.counting()));
        assertThat(outcomes.getOrDefault(Status.DNS, 0L)).isBetween(150L, 250L);
        assertThat(outcomes.getOrDefault(Status.DNF, 0L)).isBetween(50L, 140L);
        assertThat(course.crossings())
                .hasSize(outcomes.getOrDefault(Status.FINISHED, 0L).intValue());
        Map<ChipCondition, Long> chips =
                course.runners().stream().collect(Collectors.groupingBy(Runner::chipCondition, Collectors.counting()));
        assertThat(chips.getOrDefault(ChipCondition.COVERED, 0L)).isBetween(500L, 700L);
        assertThat(chips.getOrDefault(ChipCondition.BENT, 0L)).isBetween(150L, 250L);
        assertThat(chips.getOrDefault(ChipCondition.DEAD, 0L)).isBetween(15L, 70L);
    }

    @Test
    void anotherDistanceChangesNothingButBibs() throws Exception {
        String ten = """
                [[distance]]
                name = "10 km"
                length = 10000
                gun = 100
                runners = 50
                finish = { mean = "1:00:00", sd = 300 }
                """;
        String five = ten.replace("10 km", "5 km").replace("10000", "5000");
        List<Runner> alone = course(ten).runners();
        List<Runner> second = course(five + ten).runners().subList(50, 100);
        assertThat(second)
                .extracting(Runner::finishNanos)
                .isEqualTo(alone.stream().map(Runner::finishNanos).toList());
        assertThat(second.getFirst().bib()).isEqualTo(51);
    }
}
