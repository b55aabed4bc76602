package org.matgate.simulator.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.matgate.protocol.stream.Source.Line;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.race.Mat.Family;
import org.matgate.simulator.race.TimingPoint.Place;

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
            finish = { mean = 1200.0, sd = 1.0 }
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
        Fault noise = new Fault.Noise("finish-main", 2_000_000_000, 4_500_000_000L, 0.25);
        Scenario scenario = Scenario.parse("x.toml", GOOD);
        assertThat(scenario)
                .isEqualTo(new Scenario(
                        "Test",
                        5,
                        Optional.empty(),
                        20_000_000_000L,
                        List.of(new Distance(
                                "5 km",
                                5000,
                                1,
                                List.of(),
                                OptionalLong.empty(),
                                Map.of(),
                                1,
                                List.of(new Wave(
                                        "5 km",
                                        1_000_000_000,
                                        10,
                                        20,
                                        new FinishTimes.Normal(1200, 1),
                                        Person.RUNNER,
                                        0,
                                        0,
                                        ChipShares.USUAL)))),
                        List.of(new TimingPoint("finish", new Place.Finish())),
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
                        List.of(noise),
                        new FaultScript(List.of(noise), List.of()),
                        List.of(),
                        List.of(),
                        TimeLimits.NONE,
                        false,
                        GOOD));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            seed = 5                     | sede = 5                        | x.toml:3:1: 'race' has no key 'sede' (did you mean 'seed'?); its keys are name, seed, clock_zero, duration, chips, median_error_stamping, median_error_others, gun_error, plain
            seed = 5                     | seed = "five"                   | x.toml:3:1: 'seed' is "five"; want a whole number
            length = 5000                | length = 0                      | x.toml:8:1: 'length' is 0; want metres from 1 to 200000, such as 10000
            length = 5000                | length = 50000                  | x.toml:8:1: 'length' is 50000; want at most 14400 metres, as somebody is to finish in 1200 s; or longer times
            runners = 10                 | runners = 1.5                   | x.toml:9:1: 'runners' is 1.5; want how many are entered, 1 to 100000
            finish = { mean = 1200.0, sd = 1.0 } | finish = { mean = 1200.0, sd = 900 } | x.toml:10:27: 'sd' is 900; want a time of at most a quarter of the mean, so that all times are above 0
            finish = { mean = 1200.0, sd = 1.0 } | finish = 12               | x.toml:10:1: 'finish' is 12; want times from start to finish: { mean = "1:00:00", sd = 600 } or { min = "0:30:00", median = "0:55:00" }
            at = "finish"                | at = "end"                      | x.toml:13:1: 'at' is "end"; want metres into each lap, a list of numbers, metres from the start, such as [0, 12000], "finish" for each distance's end, or "exchange" for the ends of a relay's legs
            name = "finish-main"         | name = "finish main"            | x.toml:15:1: 'name' is "finish main"; want a name of letters, digits, '-' and '_' such as "finish-main"
            timing_point = "finish"      | timing_point = "finnish"        | x.toml:16:1: 'timing_point' is "finnish"; want one of finish
            family = "ipico"             | family = "impinj"               | x.toml:17:1: 'family' is "impinj"; want "llrp" or "mercury" or "r2000" or "ipico" or "chafon"
            family = "ipico"             |                                 | x.toml:14:1: [[mat]] lacks 'family'; want "llrp" or "mercury" or "r2000" or "ipico" or "chafon"
            kind = "noise"               | kind = "rain"                   | x.toml:19:1: 'kind' is "rain"; want "noise" or "kill" or "engine-away" or "unplugged"
            until = 4.5                  | until = 1                       | x.toml:22:1: 'until' is 1; want a moment after 'from'
            until = 4.5                  | until = 21                      | x.toml:22:1: 'until' is 21; want a moment up to the end of the race, 20.0 s on the race clock
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
    void readsClocksGunsAndLimits() throws Exception {
        Scenario scenario = Scenario.parse("x.toml", GOOD.replace("seed = 5", "seed = 5\ngun_error = 0.001") + """
                [[clock]]
                box = "finish"
                starts = "1970-01-01T00:00:10Z"
                synchronised = false
                max_error = 0.002
                drift_ppm = -30
                wobble_ppm = 1.5
                [[gun]]
                box = "finish"
                distance = "5 km"
                [[gun]]
                box = "finish"
                at = 4.0
                pulse = 0.1
                bounces = 0
                [[fault]]
                kind = "clock-sync"
                box = "finish"
                at = 3
                [[fault]]
                kind = "clock-step"
                box = "finish"
                at = 4
                by = -1.5
                [[fault]]
                kind = "boot"
                box = "finish"
                at = 5
                until = 7
                [[fault]]
                kind = "stall"
                box = "finish"
                every = 4.0
                seconds = 0.25
                """);
        assertThat(scenario.clockOf("finish"))
                .isEqualTo(new ClockTable(
                        "finish",
                        OptionalLong.of(10_000_000_000L),
                        0,
                        false,
                        2_000_000,
                        OptionalLong.of(-30_000),
                        1.5));
        assertThat(scenario.gunsAt("finish"))
                .containsExactly(
                        new StartGun("finish", 1_000_000_000, 20_000_000, 3),
                        new StartGun("finish", 4_000_000_000L, 100_000_000, 0));
        assertThat(scenario.limits())
                .isEqualTo(new TimeLimits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(1_000_000)));
        assertThat(scenario.faults())
                .endsWith(
                        new Fault.ClockSync("finish", 3_000_000_000L),
                        new Fault.ClockStep("finish", 4_000_000_000L, -1_500_000_000),
                        new Fault.Boot("finish", 5_000_000_000L, 7_000_000_000L),
                        new Fault.Stall("finish", 0, 20_000_000_000L, 4_000_000_000L, 250_000_000));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [[clock]];box = "start"                  | x.toml:25:1: 'box' is "start"; want one of finish
            [[clock]];box = "finish";error = 5       | x.toml:26:1: 'error' is 5; want 'synchronised = false' beside it: a clock that somebody keeps right starts right
            [[clock]];box = "finish";synchronised = 1 | x.toml:26:1: 'synchronised' is 1; want true or false
            [[clock]];box = "finish";synchronised = false;starts = "1970" | x.toml:27:1: 'starts' is "1970"; want a moment in UTC such as "1970-01-01T00:00:00Z", before 2200
            [[clock]];box = "finish";max_error = 0   | x.toml:26:1: 'max_error' is 0; want seconds, 0.000001 to 10, such as 0.001
            [[clock]];box = "finish";[[clock]];box = "finish" | x.toml:27:1: 'box' is "finish"; want a box that no other [[clock]] has
            [[gun]];box = "finish"                   | x.toml:24:1: [[gun]] lacks 'distance'; want one of 5 km
            [[gun]];box = "finish";at = 21           | x.toml:26:1: 'at' is 21; want a gun up to the end of the race, 20.0 s on the race clock
            [[gun]];box = "finish";at = 3;[[gun]];box = "finish";at = 4 | x.toml:29:1: 'at' is 4; want a gun at least 2 s from every other of that box
            [[fault]];kind = "clock-step";box = "finish";at = 3 | x.toml:24:1: [[fault]] lacks 'by'; want seconds, below 0 to set it back, such as -1.5
            [[fault]];kind = "clock-slew";box = "finish";from = 3;until = 4;ppm = 1e6 | x.toml:29:1: 'ppm' is 1000000.0; want millionths, -100000 to 100000, such as 500
            [[fault]];kind = "boot";box = "finish";at = 3;until = 3 | x.toml:28:1: 'until' is 3; want a moment after 'at'
            [[fault]];kind = "stall";box = "finish";every = 0.3;seconds = 0.25 | x.toml:27:1: 'every' is 0.3; want at least twice 'seconds'
            """)
    void saysWhatIsWrongWithTheTablesOfABox(String added, String message) {
        assertThatThrownBy(() -> Scenario.parse("x.toml", GOOD + added.replace(';', '\n') + '\n'))
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
                .hasMessageContaining("demo, quiet, families, clocks, winter-run-2026, almaty-marathon");
        assertThatThrownBy(() -> Scenario.load(directory.toString())).hasMessageContaining("nor a file");
        Files.write(file, new byte[] {(byte) 0xFF});
        assertThatThrownBy(() -> Scenario.load(file.toString())).hasMessage(file + ": is not text in UTF-8");
    }
}
