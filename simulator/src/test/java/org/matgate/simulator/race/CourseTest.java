package org.matgate.simulator.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CourseTest {
    @Test
    void theSameSeedGivesTheSameCourse() throws Exception {
        Scenario demo = Scenario.load("demo");
        assertThat(Course.run(demo, 4)).isEqualTo(Course.run(demo, 4));
        assertThat(Course.run(demo, 5)).isNotEqualTo(Course.run(demo, 4));
    }

    @Test
    void everyRunnerOfTheDemoCrossesStartSplitAndFinishInThisOrder() throws Exception {
        Scenario demo = Scenario.load("demo");
        Course course = Course.run(demo, demo.seed());
        Map<Integer, List<String>> byBib = course.crossings().stream()
                .collect(Collectors.groupingBy(
                        crossing -> crossing.runner().bib(),
                        Collectors.mapping(Crossing::timingPoint, Collectors.toList())));
        assertThat(byBib).hasSize(120);
        assertThat(byBib.values()).allMatch(List.of("start", "split", "finish")::equals);
    }

    @Test
    void crossingsComeInOrderAfterTheGunAndBeforeTheEnd() throws Exception {
        Scenario demo = Scenario.load("demo");
        List<Crossing> crossings = Course.run(demo, 1).crossings();
        assertThat(crossings).extracting(Crossing::atNanos).isSorted();
        assertThat(crossings.getFirst().atNanos()).isGreaterThanOrEqualTo(1_000_000_000L);
        assertThat(crossings.getLast().atNanos()).isLessThanOrEqualTo(demo.durationNanos());
        assertThat(crossings).allMatch(crossing -> crossing.metresPerSecond() > 0);
    }

    @Test
    void aShorterDistanceDoesNotReachAMatBeyondItsFinish() throws Exception {
        Scenario scenario = Scenario.parse("x", """
                [race]
                name = "Two"
                seed = 1
                duration = 100
                [[distance]]
                name = "long"
                gun = 0
                length = 100
                runners = 3
                finish = { mean = 10, sd = 1 }
                [[distance]]
                name = "short"
                gun = 5
                length = 40
                runners = 4
                finish = { mean = 10, sd = 1 }
                [[timing_point]]
                name = "split"
                at = 50
                [[timing_point]]
                name = "finish"
                at = "finish"
                [[mat]]
                name = "m"
                timing_point = "finish"
                family = "mercury"
                """);
        Course course = Course.run(scenario, 1);
        assertThat(course.runners()).hasSize(7);
        Map<String, Long> count = course.crossings().stream()
                .collect(Collectors.groupingBy(Crossing::timingPoint, Collectors.counting()));
        assertThat(count).containsOnly(Map.entry("split", 3L), Map.entry("finish", 7L));
    }
}
