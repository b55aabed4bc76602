package org.matgate.simulator.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalTime;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.matgate.simulator.fault.Fault;

/** Times of day and lengths of time, and all else that bigger races say. */
class ScenarioTimesTest {
    private static final long SECOND = 1_000_000_000;

    private static final String GOOD = """
            [race]
            name = "Times"
            seed = 1
            clock_zero = "23:00:00"
            duration = "3:00:00"
            [[distance]]
            name = "10 km"
            length = 10000
            gun = "23:30:00"
            limit = "2:00:00"
            limits = { split = 3600 }
            runners = 10
            finish = { min = "0:30:00", median = 3000 }
            [[timing_point]]
            name = "split"
            at = { "10 km" = [3000, 6000] }
            [[timing_point]]
            name = "finish"
            at = "finish"
            [[mat]]
            name = "m"
            timing_point = "finish"
            family = "llrp"
            [[fault]]
            kind = "engine-line-slow"
            box = "finish"
            from = "00:10:00"
            until = 4500
            baud = 9600
            """;

    @Test
    void textsAreTimesOfDayOrLengthsAndNumbersAreSeconds() throws Exception {
        Scenario scenario = Scenario.parse("x.toml", GOOD);
        assertThat(scenario.clockZero()).hasValue(LocalTime.of(23, 0));
        assertThat(scenario.durationNanos()).isEqualTo(3 * 3600 * SECOND);
        Distance distance = scenario.distances().getFirst();
        assertThat(distance.gunNanos()).isEqualTo(1800 * SECOND);
        assertThat(distance.limitNanos()).isEqualTo(OptionalLong.of(7200 * SECOND));
        assertThat(distance.limitsNanos()).isEqualTo(Map.of("split", 3600 * SECOND));
        assertThat(distance.waves().getFirst().finish()).isEqualTo(new FinishTimes.Skewed(1800, 3000));
        assertThat(scenario.timingPoints().getFirst().metres(distance)).containsExactly(3000.0, 6000.0);
        // The next day.
        assertThat(scenario.faults())
                .containsExactly(new Fault.EngineLineSlow("finish", 4200 * SECOND, 4500 * SECOND, 9600));
        assertThat(Scenario.parse(
                                "x.toml",
                                GOOD.replace("clock_zero = \"23:00:00\"\n", "")
                                        .replace("\"23:30:00\"", "\"0:20:00\"")
                                        .replace("\"00:10:00\"", "\"0:40:00.5\""))
                        .faults()
                        .getFirst()
                        .fromNanos())
                .isEqualTo(2400 * SECOND + SECOND / 2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gun = "23:30:00"       | gun = "23:30"             | x.toml:9:1: 'gun' is "23:30"; want seconds on the race clock, such as 1.0, or a time of day such as "23:00:00"
            clock_zero = "23:00:00" | # nothing                 | x.toml:9:1: 'gun' is "23:30:00"; want a gun up to the end of the race, 10800.0 s on the race clock
            clock_zero = "23:00:00" | clock_zero = "25:00:00"   | x.toml:4:1: 'clock_zero' is "25:00:00"; want the time of day at which the race clock is at 0, such as "07:00:00"
            duration = "3:00:00"   | duration = "3h"           | x.toml:5:1: 'duration' is "3h"; want how long the race clock runs, in seconds or as "5:00:00"
            limit = "2:00:00"      | limit = 0                 | x.toml:10:1: 'limit' is 0; want a length of time after the gun such as "2:00:00", or seconds
            limits = { split = 3600 } | limits = { splitt = 3600 } | x.toml:11:12: 'limits' has no key 'splitt' (did you mean 'split'?); its keys are split, finish
            limits = { split = 3600 } | first_bib = 0          | x.toml:11:1: 'first_bib' is 0; want the number of the first runner, at least 1
            runners = 10           | teams = 10                | x.toml:12:1: 'teams' is 10; want 'legs' beside it, or 'runners'
            runners = 10           | legs = [5000, 4000];runners = 10 | x.toml:8:1: 'length' is 10000; want what the legs are together, 9000.0 metres; or leave it out
            runners = 10           | runners = 10;person = "horse" | x.toml:13:1: 'person' is "horse"; want "runner" or "walker" or "wheelchair"
            runners = 10           | runners = 10;chips = { bent = 0.7, dead = 0.7 } | x.toml:13:1: 'chips' is a table; want shares that are together at most 1
            from = "00:10:00"      | from = "22:00:00"         | x.toml:27:1: 'from' is "22:00:00"; want a moment up to the end of the race, 10800.0 s on the race clock
            at = { "10 km" = [3000, 6000] } | at = { "5 km" = 3000 } | x.toml:16:8: 'at' has no key '5 km'
            """)
    void saysWhatIsWrong(String good, String bad, String message) {
        String text = GOOD.replace(good, bad.replace(';', '\n'));
        assertThat(text).isNotEqualTo(GOOD);
        assertThatThrownBy(() -> Scenario.parse("x.toml", text))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [[wave]];distance = "5 km";name = "elite";runners = 3 | x.toml:31:1: 'distance' is "5 km"; want one of 10 km
            [[wave]];distance = "10 km";name = "elite";runners = 3 | x.toml:12:1: 'runners' is 10; want it in each [[wave]] of this distance instead
            [[wave]];distance = "10 km";name = "elite"            | x.toml:30:1: [[wave]] lacks 'runners'; want how many are entered, 1 to 100000
            [[fault]];kind = "stand";timing_point = "split"       | x.toml:32:1: 'timing_point' is "split"; want one of finish
            [[fault]];kind = "engine-line-delayed";box = "finish";from = 1;until = 2;seconds = 40 | x.toml:35:1: 'seconds' is 40; want seconds, 0.001 to 30, such as 0.8
            [[distance]];name = "5 km";length = 5000;gun = 0;runners = 5;first_bib = 10;finish = { mean = 1500, sd = 9 } | x.toml:35:1: 'first_bib' is 10; want a number so that none is given twice; '10 km' has 1 to 10
            """)
    void saysWhatIsWrongWithMore(String added, String message) {
        assertThatThrownBy(() -> Scenario.parse("x.toml", GOOD + added.replace(';', '\n') + '\n'))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining(message);
    }
}
