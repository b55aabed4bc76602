package org.matgate.gateway.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.clock.ClockReading;
import org.matgate.gateway.gpio.EdgeSource.RawEdge;

class PinTapeTest {
    /** A box whose clock is a thousand ahead of the machine's. */
    private static final BoxClock CLOCK = new BoxClock() {
        @Override
        public long monotonicNanos() {
            return 0;
        }

        @Override
        public ClockReading read() {
            throw new IllegalStateException("is not asked");
        }

        @Override
        public UUID bootId() {
            return new UUID(1, 2);
        }

        @Override
        public long monotonicOfMachine(long machineMonotonicNanos) {
            return machineMonotonicNanos + 1_000;
        }
    };

    @TempDir
    Path directory;

    private final List<RawEdge> edges = new ArrayList<>();
    private PinTape tape;

    @BeforeEach
    void open() throws Exception {
        tape = new PinTape(directory, CLOCK);
        tape.listen("17", edges::add);
    }

    private void append(String text) throws IOException {
        Files.writeString(directory.resolve("in"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void whatWasThereIsHistoryAndTellsTheLevels() throws Exception {
        append("5 17 0\n6 17 1\n7 6 1\n");
        tape.follow();
        assertThat(edges).isEmpty();
        assertThat(tape.level("17")).hasValue(true);
        assertThat(tape.level("6")).hasValue(true);
        assertThat(tape.level("22")).isEmpty();
        append("8 17 0\n");
        tape.follow();
        assertThat(edges).containsExactly(new RawEdge(1_008, false, 0));
    }

    @Test
    void aLineThatIsStillBeingWrittenIsWaitedFor() throws Exception {
        tape.follow();
        append("123 1");
        tape.follow();
        append("7 1");
        tape.follow();
        assertThat(edges).isEmpty();
        append(" 4\n\n# a word\n- 17 0\n");
        tape.follow();
        assertThat(edges).containsExactly(new RawEdge(1_123, true, 4), new RawEdge(EdgeSource.NO_STAMP, false, 0));
    }

    /** A box that starts anew has missed nothing; one that listens has. */
    @Test
    void edgesAreCountedFromTheListening() throws Exception {
        append("5 17 1 1\n6 17 0 2\n");
        tape.follow();
        append("7 17 1 3\n8 17 0 6\n");
        tape.follow();
        assertThat(edges).extracting(RawEdge::sequence).containsExactly(1L, 4L);
        tape.forget("17");
        append("9 17 1 7\n");
        tape.follow();
        tape.listen("17", edges::add);
        append("10 17 0 8\n");
        tape.follow();
        assertThat(edges).extracting(RawEdge::sequence).containsExactly(1L, 4L, 1L);
    }

    @Test
    void badLinesAreSkipped() throws Exception {
        tape.follow();
        append("x 17 1\n1 17 2\n1 17\n1 17 1 2 3\n1 17 1 -2\n" + "9".repeat(5_000) + "\n2 17 1\n");
        tape.follow();
        assertThat(edges).containsExactly(new RawEdge(1_002, true, 0));
    }

    @Test
    void aFileThatBecomesShorterIsReadFromItsEnd() throws Exception {
        append("1 17 1\n2 17 0\n");
        tape.follow();
        Files.writeString(directory.resolve("in"), "3 17 1\n");
        tape.follow();
        assertThat(edges).isEmpty();
        append("4 17 0\n");
        tape.follow();
        assertThat(edges).containsExactly(new RawEdge(1_004, false, 0));
    }

    @Test
    void outputsAreWritten() throws Exception {
        long before = System.nanoTime();
        tape.write("22", true);
        tape.write("GPIO23", false);
        List<String> lines = Files.readAllLines(directory.resolve("out"));
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).endsWith(" 22 1");
        assertThat(lines.get(1)).endsWith(" GPIO23 0");
        assertThat(Long.parseLong(lines.getFirst().split(" ", -1)[0])).isBetween(before, System.nanoTime());
    }

    @Test
    void aMissingDirectoryIsTrouble() throws Exception {
        PinTape lost = new PinTape(directory.resolve("pins"), CLOCK);
        PinTrouble trouble = catchThrowableOfType(PinTrouble.class, lost::follow);
        assertThat(trouble.what()).isEqualTo(directory.resolve("pins") + ": there is no such directory");
    }
}
