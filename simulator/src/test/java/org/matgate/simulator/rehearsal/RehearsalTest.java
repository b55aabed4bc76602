package org.matgate.simulator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.referee.CaseDirectory;

/** What a rehearsal does when the boxes do not play along; whole races are run with the real thing elsewhere. */
@Timeout(120)
class RehearsalTest {
    @TempDir
    Path directory;

    private Rehearsal rehearsal(String body) throws Exception {
        Path place = Files.createDirectory(directory.resolve("place"));
        return new Rehearsal(
                Scenario.load("quiet"),
                3,
                1,
                List.of(FakeMatgate.script(directory, body).toString()),
                new CaseDirectory(place),
                "test",
                SimClock.system(),
                new Progress(new PrintWriter(new StringWriter()), false));
    }

    @Test
    void aBoxThatDoesNotBecomeReadyIsToldOfWithItsLastLines() throws Exception {
        Rehearsal rehearsal = rehearsal("echo 'matgate.toml:5: port: is not there'\nexit 2\n");
        assertThatThrownBy(() -> rehearsal.run(stage -> {}))
                .isInstanceOf(RehearsalException.class)
                .hasMessageContaining("box start has not become ready")
                .hasMessageContaining("matgate.toml:5: port: is not there");
        assertThat(directory.resolve("place/boxes/finish/matgate.toml")).exists();
        assertThat(directory.resolve("place/scenario.toml")).exists();
    }

    @Test
    void whoBreaksOffLeavesNoProcessBehind() throws Exception {
        Path pids = directory.resolve("pids");
        Rehearsal rehearsal = rehearsal("echo $$ >> " + pids + "\necho READY\nexec sleep 600\n");
        Thread running = Thread.ofPlatform().start(() -> {
            try {
                rehearsal.run(stage -> Thread.ofPlatform().start(() -> breakOff(stage, pids)));
            } catch (Exception e) {
                // Whatever it makes of being broken off.
            }
        });
        running.join(60_000);
        assertThat(running.isAlive()).isFalse();
        assertThat(Files.readAllLines(pids))
                .hasSize(2)
                .allMatch(pid -> ProcessHandle.of(Long.parseLong(pid)).isEmpty());
    }

    private static void breakOff(AutoCloseable stage, Path pids) {
        try {
            while (!Files.exists(pids) || Files.readAllLines(pids).size() < 2) {
                Thread.sleep(20);
            }
            stage.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
