package org.matgate.simulator.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.simulator.SimClock;

@Timeout(30)
class PacedWriterTest {
    private static final SimClock CLOCK = SimClock.system();

    private final FakeEnd end = new FakeEnd();

    @Test
    void isNeverFasterThanTheWire() throws IOException {
        PacedWriter writer = PacedWriter.baud(end, CLOCK, 115200);
        byte[] frame = new byte[51];
        long before = CLOCK.monotonicNanos();
        PacedWriter.Sent sent = new PacedWriter.Sent(0, 0, false, false);
        for (int i = 0; i < 40; i++) {
            sent = writer.write(frame);
        }
        assertThat(sent.heard()).isTrue();
        assertThat(sent.lastByteMonotonicNanos() - before).isGreaterThanOrEqualTo(40 * 51 * (10_000_000_000L / 115200));
        assertThat(end.bytes.size()).isEqualTo(40 * 51);
        assertThat(end.pieces).allMatch(n -> n <= 16);
        assertThat(end.pieces).startsWith(16, 16, 16, 3);
    }

    @Test
    void aMachineThatWakesUpLateDoesNotSlowTheWire() throws IOException {
        // This clock stands still: a wait would never end.
        long now = 5_000_000_000L;
        SimClock late = new SimClock() {
            @Override
            public long monotonicNanos() {
                return now;
            }

            @Override
            public long utcNanos(long monotonicNanos) {
                return monotonicNanos;
            }
        };
        PacedWriter writer = PacedWriter.baud(end, late, 115_200);
        for (int frame = 0; frame < 100; frame++) {
            writer.write(new byte[51], now - 1_000_000_000L);
        }
        assertThat(end.bytes.size()).isEqualTo(100 * 51);
        assertThat(writer.write(new byte[51], now - 1_000_000_000L).beganMonotonicNanos())
                .as("later than it was there")
                .isBetween(now - 16 * 100_000, now);
    }

    @Test
    void keepsTheOrderOfBytesInPieces() throws IOException {
        byte[] frame = new byte[38];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (byte) i;
        }
        PacedWriter.inPieces(end, CLOCK, 1_000_000, 8).write(frame);
        assertThat(end.bytes.toByteArray()).isEqualTo(frame);
        assertThat(end.pieces).containsExactly(8, 8, 8, 8, 6);
    }

    @Test
    void unpacedSendsAFrameAtOnce() throws IOException {
        PacedWriter.unpaced(end, CLOCK).write(new byte[500]);
        assertThat(end.pieces).containsExactly(500);
    }

    @Test
    void aFrameIsHeardOnlyByOneWhoIsThereForAllOfIt() throws IOException {
        PacedWriter writer = PacedWriter.inPieces(end, CLOCK, 1_000_000, 8);
        end.listeners = new int[] {1, 1, 2};
        assertThat(writer.write(new byte[16]).heard()).isFalse();
        end.listeners = new int[] {0, 1, 1};
        assertThat(writer.write(new byte[16]).heard()).isFalse();
        end.listeners = new int[] {1, 1, 0};
        assertThat(writer.write(new byte[16]).heard()).isFalse();
        end.listeners = new int[] {2, 2, 2};
        assertThat(writer.write(new byte[16]).heard()).isTrue();
    }

    /** Keeps what is written; {@code listeners} are those that it names one after the other. */
    private static final class FakeEnd implements ReaderEnd {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final List<Integer> pieces = new ArrayList<>();
        int[] listeners = {};

        private int next() {
            if (listeners.length == 0) {
                return 1;
            }
            int first = listeners[0];
            listeners = java.util.Arrays.copyOfRange(listeners, 1, listeners.length);
            return first;
        }

        @Override
        public String address() {
            return "nowhere";
        }

        @Override
        public int listener() {
            return next();
        }

        @Override
        public int read(byte[] buffer, long waitNanos) {
            return 0;
        }

        @Override
        public int write(byte[] from, int offset, int length) {
            bytes.write(from, offset, length);
            pieces.add(length);
            return next();
        }

        @Override
        public void finish(Duration limit) {}

        @Override
        public void close() {}
    }
}
