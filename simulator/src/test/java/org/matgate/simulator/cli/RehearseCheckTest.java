package org.matgate.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code matsim rehearse --check}: no matgate is needed, and nothing is started. */
class RehearseCheckTest {
    private static final String RACE = """
            [race]
            name = "My race"
            seed = 1
            clock_zero = "09:00:00"
            duration = "0:04:00"
            [[distance]]
            name = "400 m"
            length = 400
            gun = "09:00:05"
            runners = 40
            finish = { mean = "0:01:10", sd = 6 }
            [[timing_point]]
            name = "line"
            at = [0, "finish"]
            [[mat]]
            name = "line-main"
            timing_point = "line"
            family = "llrp"
            [[gun]]
            box = "line"
            distance = "400 m"
            [[fault]]
            kind = "unplugged"
            mat = "line-main"
            from = "09:01:00"
            until = "09:01:10"
            """;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = new CommandLine(new RehearseCommand());
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(Stream.concat(Stream.of("--check", "--matgate", "/nowhere"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    @Test
    void tellsWhatTheRaceWillBe() throws Exception {
        Path file = Files.writeString(directory.resolve("my-race.toml"), RACE);
        assertThat(run(file.toString())).as(err.toString()).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines)
                .startsWith(
                        "My race, seed 1: from 09:00:00 to 09:04:00, 0:04:00; 40 chips, 1 box, 1 mat",
                        "distance 400 m: 400 m, bibs 1 to 40; in truth 40 finish",
                        "  gun 09:00:05: 40 runners",
                        "  comes by line (0 m), line (400 m)",
                        "box line: 80 crossings")
                .contains(
                        "gun on the pin of line: 09:00:05, 400 m",
                        "  09:01:00 to 09:01:10: the cable of line-main is pulled out");
        assertThat(lines.getLast()).matches("about [1-9][\\d,]* reads");
        assertThat(directory).isDirectoryContaining(path -> path.equals(file));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void tellsMistakesAndIsNotZero() throws Exception {
        Path file = Files.writeString(directory.resolve("my-race.toml"), RACE.replace("runners", "runers"));
        assertThat(run(file.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("matsim: " + file + ":10:1: [[distance]] has no key 'runers' (did you mean 'runners'?)");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aBigRaceIsOutlinedWithAboutAsManyReadsAsItHas() {
        assertThat(run("winter-run-2026")).as(err.toString()).isZero();
        String last = out.toString().lines().toList().getLast();
        // Those that its mats truly see are counted in ShippedRacesTest.
        assertThat(Long.parseLong(last.replaceAll("\\D", ""))).isBetween(100_000L, 2_000_000L);
    }

    @Test
    void nothingIsJudged() {
        assertThat(run("quiet", "--html", directory.resolve("x.html").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--check starts nothing");
    }
}
