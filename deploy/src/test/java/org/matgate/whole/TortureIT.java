package org.matgate.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Short tortures of the real box; and of one that is broken on purpose. */
@Timeout(400)
class TortureIT {
    private static final Duration PATIENCE = Duration.ofSeconds(280);

    private static final int MOST_CUTS = 4;

    @TempDir
    Path directory;

    private String torture(int exit, Object... arguments) throws Exception {
        Object[] all = Stream.concat(
                        Stream.of("torture", "--keep", directory.resolve("kept")), Arrays.stream(arguments))
                .toArray();
        try (Command command = Command.matsim(all)) {
            assertThat(command.awaitExit(PATIENCE)).as(command.text()).isEqualTo(exit);
            assertThat(command.lastLine()).as(command.text()).startsWith("verdict: " + (exit == 0 ? "PASS" : "FAIL"));
            return command.text();
        }
    }

    /** A disk that is read-only for a while; then a power cut with torn files into a wrong clock, a killed engine and a line on which nothing passes. */
    @Test
    void theBoxLosesNothing() throws Exception {
        Path json = directory.resolve("verdict.json");
        String text = torture(0, "--cycles", 2, "--seed", 86, "--json", json);
        assertThat(text).contains("cycle 2 seed 87: PASS", "power cut, torn files", "engine: kill -9");
        assertThat(text)
                .contains("cycles=2")
                .contains("lost=0 duplicated=0 invented=0")
                .doesNotContain("offered=0");
        if (!text.contains("the disk is never read-only")) {
            assertThat(text).contains("disk read-only");
            assertThat(directory.resolve("kept/era-1/boxes/finish/output.txt"))
                    .content()
                    .contains("attempt to write a readonly database");
        }
        assertThat(Files.readString(json)).contains("\"verdict\": \"PASS\"", "\"last_cycles\"", "\"blows\"");
    }

    /** The engine is away, and the box with it what it had committed meanwhile. */
    @Test
    void aDiskThatLiesFails() throws Exception {
        // Where the log had begun anew just before, the cut finds too little in it: that is left to chance.
        Path kept = directory;
        String text = "";
        for (int tries = 0; tries < MOST_CUTS && !text.contains("verdict: FAIL"); tries++) {
            kept = directory.resolve("cut-" + tries);
            try (Command command =
                    Command.matsim("torture", "--keep", kept, "--cycles", 1, "--seed", 261, "--lying-disk", 2000)) {
                int exit = command.awaitExit(PATIENCE);
                text = command.text();
                assertThat(exit).as(text).isEqualTo(text.contains("verdict: FAIL") ? 1 : 0);
            }
        }
        assertThat(text).containsPattern(" lost=[1-9]").contains("again: matsim torture --cycles 1 --seed 261");
        assertThat(kept.resolve("era-1/truth.csv")).exists();
        assertThat(kept.resolve("era-1/engine.db")).exists();
    }

    /** Each of these is a FAIL by itself: the verdict tells of all. The clock is wrong by 6 s, and then put right. */
    @Test
    void aBoxThatIsBrokenInFourWaysFailsForEachOfThem() throws Exception {
        String sabotages = "erase,double,first-clock,wide-gaps";
        String text = torture(
                1,
                "--cycles",
                1,
                "--seed",
                491,
                "--matgate",
                SabotagedGateway.in(
                        directory,
                        sabotages,
                        "sabotage.journal=" + directory.resolve("kept/era-1/boxes/finish/data/journal.db")));
        assertThat(text)
                .containsPattern("FAIL because the box's journal [0-9a-f]+ has holes")
                .containsPattern(" duplicated=[1-9]")
                .containsPattern("FAIL because [0-9]+ times are wrong by more than their stated uncertainty and 250 ms")
                .containsPattern("FAIL because of a gap of mat (llrp|mercury) .* nothing that happened there explains");
    }
}
