package org.matgate.simulator.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.matgate.protocol.stream.Source.Line;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.race.Mat.Family;

class ScenarioTest {
    static final List<String> SHIPPED = Scenario.SHIPPED;

    /** Each problem below is made by replacing one line of this text. */
    private static final String GOOD = """
            [race]
            name = "Test"
            seed = 5
            duration = 20
            [[distance]]
            name = "5 km"
            gun = 1
            length = 5000
            runners = 10
            finish = { mean = 12.0, sd = 1.0 }
            [[timing_point]]
            name = "finish"
            at = "finish"
            [[mat]]
            name = "finish-main"
            timing_point = "finish"
            family = "ipico"
            [[fault]]
            kind = "noise"
            mat = "finish-main"
            from = 2
            until = 4.5
            rate = 0.25
            """;

    @ParameterizedTest
    @FieldSource("SHIPPED")
    void shippedScenariosAreGood(String name) throws Exception {
        assertThat(Scenario.load(name).mats()).isNotEmpty();
    }

    @Test
    void readsEverything() throws Exception {
        Scenario scenario = Scenario.parse("x.toml", GOOD);
        assertThat(scenario)
                .isEqualTo(new Scenario(
                        "Test",
                        5,
                        20_000_000_000L,
                        List.of(new Distance("5 km", 1_000_000_000, 5000, 10, 20, new FinishTimes.Normal(12, 1))),
                        List.of(new TimingPoint("finish", OptionalDouble.empty())),
                        List.of(new Mat(
                                "finish-main",
                                "finish",
                                Line.MAIN,
                                Family.IPICO,
                                List.of(1),
                                80,
                                Mat.Connection.TCP,
                                OptionalInt.empty(),
                                Mat.Clock.RIGHT,
                                0)),
                        List.of(new Fault.Noise("finish-main", 2_000_000_000, 4_500_000_000L, 0.25)),
                        List.of(),
                        List.of(),
                        TimeLimits.NONE,
                        GOOD));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            seed = 5                     | sede = 5                        | x.toml:3:1: 'race' has no key 'sede'; its keys are name, seed, duration, median_error_stamping, median_error_others, gun_error
            seed = 5                     | seed = "five"                   | x.toml:3:1: 'seed' is "five"; want a whole number
            length = 5000                | length = 0                      | x.toml:8:1: 'length' is 0; want metres from 1 to 200000, such as 10000
            runners = 10                 | runners = 1.5                   | x.toml:9:1: 'runners' is 1.5; want how many start, 1 to 100000
            finish = { mean = 12.0, sd = 1.0 } | finish = { mean = 12.0, sd = 9 } | x.toml:10:25: 'sd' is 9; want seconds, at most a quarter of the mean, so that all times are above 0
            finish = { mean = 12.0, sd = 1.0 } | finish = 12               | x.toml:10:1: 'finish' is 12; want chip times in seconds: { mean = 3600, sd = 600 } or { min = 1800, median = 3300 }
            at = "finish"                | at = "end"                      | x.toml:13:1: 'at' is "end"; want metres from the start, or "finish" for each distance's end
            name = "finish-main"         | name = "finish main"            | x.toml:15:1: 'name' is "finish main"; want a name of letters, digits, '-' and '_' such as "finish-main"
            timing_point = "finish"      | timing_point = "finnish"        | x.toml:16:1: 'timing_point' is "finnish"; want one of finish
            family = "ipico"             | family = "impinj"               | x.toml:17:1: 'family' is "impinj"; want "llrp" or "mercury" or "r2000" or "ipico" or "chafon"
            family = "ipico"             |                                 | x.toml:14:1: [[mat]] lacks 'family'; want "llrp" or "mercury" or "r2000" or "ipico" or "chafon"
            kind = "noise"               | kind = "rain"                   | x.toml:19:1: 'kind' is "rain"; want "noise" or "kill" or "engine-away" or "unplugged"
            until = 4.5                  | until = 1                       | x.toml:22:1: 'until' is 1; want seconds after 'from'
            until = 4.5                  | until = 21                      | x.toml:22:1: 'until' is 21; want seconds up to the end of the race, 20.0
            rate = 0.25                  | rate = 25                       | x.toml:23:1: 'rate' is 25; want the share of frames that are hit, 0 to 1
            """)
    void saysWhereAndWhatIsWrongAndWhatWouldBeRight(String good, String bad, String message) {
        String text = GOOD.replace(good, bad == null ? "" : bad);
        assertThat(text).isNotEqualTo(GOOD);
        assertThatThrownBy(() -> Scenario.parse("x.toml", text))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesTwoMatsOfOneName() {
        assertThatThrownBy(() -> Scenario.parse(
                        "x.toml",
                        GOOD + "[[mat]]\nname = \"finish-main\"\ntiming_point = \"finish\"\nfamily = \"ipico\"\n"))
                .hasMessage("x.toml:25:1: 'name' is \"finish-main\"; want a name that no other [[mat]] has");
    }

    @Test
    void refusesWhatIsNotToml() {
        assertThatThrownBy(() -> Scenario.parse("x.toml", "[race]\nname = \n"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith("x.toml:2:");
    }

    @Test
    void tellsAllProblemsAtOnce() {
        assertThatThrownBy(() -> Scenario.parse("x.toml", "[race]\n[[mat]]\n"))
                .hasMessageContaining("lacks 'seed'")
                .hasMessageContaining("lacks 'timing_point'")
                .hasMessageContaining("at least one [[distance]]");
    }

    @Test
    void findsScenariosByNameAndByFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("mine.toml"), GOOD);
        assertThat(Scenario.load(file.toString()).name()).isEqualTo("Test");
        assertThatThrownBy(() -> Scenario.load("nowhere"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("demo, quiet");
        assertThatThrownBy(() -> Scenario.load(directory.toString())).hasMessageContaining("nor a file");
        Files.write(file, new byte[] {(byte) 0xFF});
        assertThatThrownBy(() -> Scenario.load(file.toString())).hasMessage(file + ": is not text in UTF-8");
    }
}
