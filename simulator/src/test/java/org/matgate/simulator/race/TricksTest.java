package org.matgate.simulator.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What runners and spectators do at the mats that a timekeeper does not expect. */
class TricksTest {
    private static final long SECOND = 1_000_000_000;

    private static Course course(String faults) throws ScenarioException {
        return Course.run(Scenario.parse("x.toml", """
                [race]
                name = "Tricks"
                seed = 1
                duration = 3000
                [[distance]]
                name = "5 km"
                length = 5000
                gun = 30
                runners = 100
                finish = { mean = "0:25:00", sd = 200 }
                [[timing_point]]
                name = "start"
                at = 0
                [[timing_point]]
                name = "split"
                at = 2500
                [[timing_point]]
                name = "finish"
                at = "finish"
                [[mat]]
                name = "split-main"
                timing_point = "split"
                family = "mercury"
                [[mat]]
                name = "finish-main"
                timing_point = "finish"
                family = "mercury"
                """ + faults), 1);
    }

    @Test
    void whoCrossesTwiceHasAnExtraCrossingThatDoesNotCount() throws Exception {
        Course course = course("""
                [[fault]]
                kind = "cross-twice"
                timing_point = "finish"
                count = 3
                seconds = 40
                """);
        List<Crossing> extra =
                course.crossings().stream().filter(Crossing::extra).toList();
        assertThat(extra).hasSize(3).allMatch(crossing -> crossing.timingPoint().equals("finish"));
        for (Crossing second : extra) {
            assertThat(second.pass()).isEqualTo(1);
            assertThat(second.runner().finishNanos()).hasValue(second.atNanos() - 40 * SECOND);
        }
        assertThat(course.crossings()).extracting(Crossing::atNanos).isSorted();
    }

    @Test
    void whoStandsOrTurnsBackIsOnTheMatForLonger() throws Exception {
        Course course = course("""
                [[fault]]
                kind = "stand"
                timing_point = "split"
                from = 600
                until = 900
                count = 2
                seconds = 12
                [[fault]]
                kind = "turn-back"
                timing_point = "split"
                count = 4
                seconds = 20
                """);
        assertThat(course.crossings().stream().filter(crossing -> crossing.standsNanos() > 0))
                .hasSize(2)
                .allMatch(crossing -> crossing.standsNanos() == 12 * SECOND
                        && crossing.timingPoint().equals("split")
                        && crossing.atNanos() >= 600 * SECOND
                        && crossing.atNanos() <= 900 * SECOND);
        assertThat(course.lingerings()).hasSize(4);
        for (Lingering lingering : course.lingerings()) {
            Crossing crossing = course.crossings().stream()
                    .filter(each -> OptionalInt.of(each.runner().bib()).equals(lingering.bib())
                            && each.timingPoint().equals("split"))
                    .findFirst()
                    .orElseThrow();
            assertThat((lingering.fromNanos() + lingering.untilNanos()) / 2)
                    .isEqualTo(crossing.atNanos() - 20 * SECOND);
            assertThat(crossing.standsNanos()).isZero();
        }
    }

    @Test
    void spectatorsHaveChipsThatNobodyRunsWith() throws Exception {
        Course course = course("""
                [[fault]]
                kind = "spectator"
                timing_point = "finish"
                from = 1000
                until = 1200
                count = 2
                """);
        assertThat(course.lingerings())
                .hasSize(2)
                .allMatch(lingering -> lingering.bib().isEmpty());
        assertThat(course.lingerings()).extracting(Lingering::uhfChip).doesNotHaveDuplicates();
        assertThat(course.runners())
                .extracting(Runner::uhfChip)
                .doesNotContainAnyElementsOf(
                        course.lingerings().stream().map(Lingering::uhfChip).toList());
    }

    @Test
    void tellsWhatCouldNotBeDone() throws Exception {
        assertThat(course("""
                        [[fault]]
                        kind = "stand"
                        timing_point = "finish"
                        count = 200
                        until = 1400
                        """).shortfalls()).singleElement().asString().matches("200 stand on finish: only \\d+ could");
    }
}
