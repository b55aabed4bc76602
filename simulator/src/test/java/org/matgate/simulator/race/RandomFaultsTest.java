package org.matgate.simulator.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.fault.FaultKind;

class RandomFaultsTest {
    private static final long SECOND = 1_000_000_000;

    private static final String RACE = """
            [race]
            name = "Random"
            seed = 1
            duration = 4000
            [[distance]]
            name = "5 km"
            length = 5000
            gun = 30
            runners = 100
            finish = { mean = "0:25:00", sd = 200 }
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
            family = "llrp"
            """;

    private static Scenario scenario(String faults) throws ScenarioException {
        return Scenario.parse("x.toml", RACE + faults);
    }

    private static String all() {
        return Arrays.stream(FaultKind.values())
                .map(kind -> '"' + Words.of(kind) + '"')
                .collect(Collectors.joining(", ", "[[random_faults]]\nkinds = [", "]\n"));
    }

    @Test
    void theSeedDecidesAndEveryKindComes() throws Exception {
        Scenario scenario = scenario(all() + "count = 40\nfrom = 100\nuntil = 3800\n");
        assertThat(scenario.faults()).isEqualTo(scenario.withSeed(1).faults());
        assertThat(scenario.withSeed(2).faults()).isNotEqualTo(scenario.faults());
        assertThat(scenario.faults()).hasSizeGreaterThanOrEqualTo(40);
        Set<Class<?>> drawn = new HashSet<>();
        for (int seed = 0; seed < 40; seed++) {
            for (Fault fault : scenario.withSeed(seed).faults()) {
                drawn.add(fault.getClass());
            }
        }
        assertThat(drawn).hasSize(FaultKind.values().length);
    }

    @Test
    void theyStayInTheirTimeAndAmongTheirMatsAndNoneHasTwoAtOnce() throws Exception {
        Scenario scenario = scenario("""
                [[random_faults]]
                kinds = ["unplugged", "reboot", "hang"]
                count = 12
                from = 500
                until = 3500
                shortest = 20
                longest = 60
                mats = ["finish-main"]
                """);
        for (int seed = 0; seed < 50; seed++) {
            List<Fault> faults = scenario.withSeed(seed).faults().stream()
                    .sorted((a, b) -> Long.compare(a.fromNanos(), b.fromNanos()))
                    .toList();
            assertThat(faults).as("seed %d", seed).hasSize(12);
            long free = 500 * SECOND;
            for (Fault fault : faults) {
                assertThat(((Fault.OfMat) fault).mat()).isEqualTo("finish-main");
                assertThat(fault.fromNanos()).as("seed %d", seed).isGreaterThanOrEqualTo(free);
                assertThat(fault.untilNanos() - fault.fromNanos()).isBetween(20 * SECOND, 60 * SECOND);
                free = fault.untilNanos();
            }
            assertThat(free).isLessThanOrEqualTo(3500 * SECOND);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kinds = ["noise", "rain"];count = 1                      | x.toml:26:1: 'kinds' is [ "noise", "rain" ]; want a list of some of noise, kill, engine-away
            kinds = ["noise", "noise"];count = 1                     | each once
            kinds = ["noise"];count = 0                              | x.toml:27:1: 'count' is 0; want how many faults, 1 to 1000
            kinds = ["noise"];count = 1;mats = ["start"]             | x.toml:28:1: 'mats' is [ "start" ]; want a list of some of split-main, finish-main
            kinds = ["noise"];count = 1;longest = 3;shortest = 4     | x.toml:28:1: 'longest' is 3; want at least 'shortest'
            kinds = ["noise"];count = 1;from = 10;until = 20;longest = 15 | x.toml:30:1: 'longest' is 15; want less than the time between 'from' and 'until'
            """)
    void saysWhatIsWrong(String lines, String message) {
        assertThatThrownBy(() -> scenario("[[random_faults]]\n" + lines.replace(';', '\n') + '\n'))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining(message);
    }
}
