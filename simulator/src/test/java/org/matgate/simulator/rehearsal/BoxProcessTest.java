package org.matgate.simulator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.fault.FaultLog;
import org.matgate.simulator.fault.Happening;
import org.matgate.simulator.fault.Happening.Kind;

@Timeout(60)
class BoxProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final FaultLog log = new FaultLog();

    private BoxProcess box(String body) throws IOException {
        return new BoxProcess(
                "finish",
                List.of(FakeMatgate.script(directory, body).toString()),
                directory.resolve("matgate.toml"),
                directory.resolve("output.txt"),
                SimClock.system(),
                log);
    }

    private List<Kind> kinds() {
        return log.happenings().stream().map(Happening::kind).toList();
    }

    @Test
    void waitsForReadyAndStopsInOrder() throws Exception {
        try (BoxProcess box = box("""
                echo "$@"
                echo READY finish
                trap 'echo stopping; exit 0' TERM
                while :; do sleep 0.05; done
                """)) {
            box.start();
            assertThat(box.awaitReady(PATIENCE)).isTrue();
            box.terminate(PATIENCE);
            assertThat(box.wasForced()).isFalse();
        }
        // The signal may strike what the shell waits for, too, and some shells then say so.
        assertThat(Files.readAllLines(directory.resolve("output.txt")))
                .filteredOn(line -> !line.equals("Terminated"))
                .containsExactly("run --config " + directory.resolve("matgate.toml"), "READY finish", "stopping");
        assertThat(kinds())
                .containsExactly(Kind.PROCESS_STARTED, Kind.PROCESS_READY, Kind.TERM_SENT, Kind.PROCESS_ENDED);
        assertThat(log.happenings().getLast().detail()).isEqualTo("exit code 0");
    }

    @Test
    void aKilledBoxStartsAgain() throws Exception {
        try (BoxProcess box = box("trap '' TERM\necho READY\nexec sleep 600\n")) {
            box.start();
            assertThat(box.awaitReady(PATIENCE)).isTrue();
            box.kill();
            box.start();
            assertThat(box.awaitReady(PATIENCE)).isTrue();
        }
        assertThat(kinds())
                .containsExactly(
                        Kind.PROCESS_STARTED,
                        Kind.PROCESS_READY,
                        Kind.KILL_SENT,
                        Kind.PROCESS_ENDED,
                        Kind.PROCESS_STARTED,
                        Kind.PROCESS_READY,
                        Kind.KILL_SENT,
                        Kind.PROCESS_ENDED);
        assertThat(log.happenings().get(3).detail()).isEqualTo("exit code 137");
    }

    @Test
    void oneThatRunsIsNotStartedAgain() throws Exception {
        try (BoxProcess box = box("echo READY\nexec sleep 600\n")) {
            box.start();
            assertThat(box.awaitReady(PATIENCE)).isTrue();
            box.start();
            assertThat(kinds()).containsExactly(Kind.PROCESS_STARTED, Kind.PROCESS_READY);
        }
    }

    /** Something that outlives the box holds its output, so that its end is told late. */
    @Test
    void theEndOfTheKilledOneIsToldBeforeTheNextStart() throws Exception {
        try (BoxProcess box = box("sh -c 'sleep 2 &'\necho READY\nexec sleep 600\n")) {
            box.start();
            assertThat(box.awaitReady(PATIENCE)).isTrue();
            Thread killing = Thread.ofPlatform().start(() -> {
                try {
                    box.kill();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            while (box.isAlive()) {
                Thread.sleep(10);
            }
            box.start();
            killing.join();
            assertThat(kinds())
                    .startsWith(
                            Kind.PROCESS_STARTED,
                            Kind.PROCESS_READY,
                            Kind.KILL_SENT,
                            Kind.PROCESS_ENDED,
                            Kind.PROCESS_STARTED);
        }
    }

    @Test
    void whatAKilledOneHasUsedCountsToo() throws Exception {
        // What shows: a second of processor time before READY, in the first life only.
        Path once = directory.resolve("once");
        try (BoxProcess box = box("if [ ! -e " + once + " ]; then touch " + once
                + "; i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; fi\necho READY\nexec sleep 600\n")) {
            assertThat(box.usage()).isEmpty();
            box.start();
            assertThat(box.awaitReady(PATIENCE)).isTrue();
            Duration first = box.usage().orElseThrow().cpu();
            assertThat(first).isPositive();
            box.kill();
            Usage dead = box.usage().orElseThrow();
            assertThat(dead.processes()).isEqualTo(1);
            box.start();
            assertThat(box.awaitReady(PATIENCE)).isTrue();
            Usage both = box.usage().orElseThrow();
            assertThat(both.processes()).isEqualTo(2);
            assertThat(both.cpu()).isGreaterThanOrEqualTo(first).isGreaterThanOrEqualTo(dead.cpu());
            assertThat(both.lived()).isGreaterThanOrEqualTo(dead.lived());
            assertThat(both.text(1)).endsWith("; in 2 processes one after the other");
        }
    }

    @Test
    void oneThatEndsAtOnceIsNotReadyAndItsLastLinesAreKept() throws Exception {
        try (BoxProcess box = box("echo 'matgate.toml:3: no such port' >&2\nexit 2\n")) {
            box.start();
            assertThat(box.awaitReady(PATIENCE)).isFalse();
            assertThat(box.lastLines()).containsExactly("matgate.toml:3: no such port");
        }
    }

    @Test
    void oneThatDoesNotStopIsKilledWithWhatItStarted() throws Exception {
        try (BoxProcess box =
                box("trap '' TERM\nsh -c \"trap '' TERM; echo READY \\$\\$; while :; do sleep 0.1; done\"\n")) {
            box.start();
            assertThat(box.awaitReady(PATIENCE)).isTrue();
            box.terminate(Duration.ofMillis(300));
            assertThat(box.wasForced()).isTrue();
            long child = Long.parseLong(box.lastLines().getFirst().substring("READY ".length()));
            for (int looks = 0; looks < 200 && isAlive(child); looks++) {
                Thread.sleep(50);
            }
            assertThat(isAlive(child)).isFalse();
        }
    }

    @Test
    void aStalledOneDoesNothingUntilItGoesOn() throws Exception {
        try (BoxProcess box =
                box("echo READY\nwhile :; do date +%N > " + directory.resolve("ticks") + "; sleep 0.02; done\n")) {
            box.start();
            assertThat(box.awaitReady(PATIENCE)).isTrue();
            box.stall();
            // The last tick may still be under way.
            Thread.sleep(100);
            String before = Files.readString(directory.resolve("ticks"));
            Thread.sleep(200);
            assertThat(Files.readString(directory.resolve("ticks"))).isEqualTo(before);
            box.goOn();
            while (Files.readString(directory.resolve("ticks")).equals(before)) {
                Thread.sleep(10);
            }
            box.stall();
            // Else it would never hear of its end.
            box.terminate(PATIENCE);
            assertThat(box.wasForced()).isFalse();
        }
        assertThat(kinds())
                .containsExactly(
                        Kind.PROCESS_STARTED,
                        Kind.PROCESS_READY,
                        Kind.STALLED,
                        Kind.RESUMED,
                        Kind.STALLED,
                        Kind.RESUMED,
                        Kind.TERM_SENT,
                        Kind.PROCESS_ENDED);
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void aClosedOneDoesNotStartAgain() throws Exception {
        BoxProcess box = box("echo READY\n");
        box.close();
        box.start();
        assertThat(log.happenings()).isEmpty();
    }
}
