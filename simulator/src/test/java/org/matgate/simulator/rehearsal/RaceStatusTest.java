package org.matgate.simulator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.matgate.simulator.race.Course;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.Scenario;

class RaceStatusTest {
    private static final long SECOND = 1_000_000_000;
    private static final Pattern LEFT = Pattern.compile("about (\\d+):(\\d\\d):(\\d\\d) left");

    /** The race goes at 40 and at real time in turns, for 20 s each: it has three and a half hours to go. */
    @Test
    void whatIsLeftDoesNotJumpWithTheSpeedOfTheMoment() throws Exception {
        RaceClock clock = RaceClock.starting(0);
        Scenario scenario = Scenario.load("winter-run-2026");
        RaceStatus status = new RaceStatus(scenario, Course.NOBODY, clock, true);
        List<Long> left = new ArrayList<>();
        for (int second = 1; second <= 400; second++) {
            clock.goOn(second * SECOND, second / 20 % 2 == 0 ? 40 : 1);
            String line = status.line(second * SECOND, 0, 0);
            Matcher told = LEFT.matcher(line);
            if (second < 5) {
                assertThat(line).doesNotContain("left");
            } else if (second >= 60) {
                assertThat(told.find()).as(line).isTrue();
                left.add(3600 * Long.parseLong(told.group(1))
                        + 60 * Long.parseLong(told.group(2))
                        + Long.parseLong(told.group(3)));
            }
        }
        for (int i = 1; i < left.size(); i++) {
            assertThat(left.get(i) - left.get(i - 1)).as("at %d s", 60 + i).isBetween(-61L, 61L);
        }
        assertThat(left.getLast()).isLessThan(left.getFirst());
    }
}
