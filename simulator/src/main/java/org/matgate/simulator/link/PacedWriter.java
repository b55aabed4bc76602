package org.matgate.simulator.link;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.matgate.simulator.SimClock;

/**
 * Gives a link the speed of a wire. A frame goes out in pieces, each when its last byte would have arrived, as a UART
 * hands them on. Where this machine wakes up late the bytes that are due go out at once, as a driver's buffer would give
 * them: a busy machine must not make the wire slower than it is. Not thread-safe.
 */
public final class PacedWriter {
    /** What a UART hands on at once: the usual size of its FIFO. */
    private static final int UART_PIECE = 16;

    /** Start bit, eight data bits, stop bit. */
    private static final long BITS_PER_BYTE = 10;

    /** The least time between two bytes that come one by one. */
    private static final long DRIBBLE_NANOS = 50_000;

    private final ReaderEnd end;
    private final SimClock clock;
    private int usualPiece;
    private long nanosPerByte;
    private boolean dribbling;
    private long freeAt = Long.MIN_VALUE;

    private PacedWriter(ReaderEnd end, SimClock clock, long nanosPerByte, int piece) {
        this.end = end;
        this.clock = clock;
        this.nanosPerByte = nanosPerByte;
        this.usualPiece = piece;
    }

    /** As a serial line of that many baud. */
    public static PacedWriter baud(ReaderEnd end, SimClock clock, int baud) {
        return inPieces(end, clock, baud, UART_PIECE);
    }

    /** As a serial line of that many baud, whose bytes are handed on {@code piece} at a time. */
    public static PacedWriter inPieces(ReaderEnd end, SimClock clock, int baud, int piece) {
        if (baud < 1 || piece < 1) {
            throw new IllegalArgumentException("baud " + baud + ", pieces of " + piece + "; want at least 1");
        }
        return new PacedWriter(end, clock, BITS_PER_BYTE * 1_000_000_000L / baud, piece);
    }

    /** As fast as the link takes them, a frame at once. */
    public static PacedWriter unpaced(ReaderEnd end, SimClock clock) {
        return new PacedWriter(end, clock, 0, Integer.MAX_VALUE);
    }

    /** The line has this rate from now on; of no account for a link that is not paced. */
    public void baud(int baud) {
        nanosPerByte = nanosPerByte == 0 ? 0 : BITS_PER_BYTE * 1_000_000_000L / baud;
    }

    /** From now on as fast as the link takes them, a frame at once. */
    public void hurry() {
        nanosPerByte = 0;
        usualPiece = Integer.MAX_VALUE;
    }

    /** From now on byte by byte and at half the speed, or again as it should be. */
    public void dribble(boolean slow) {
        dribbling = slow;
    }

    /**
     * What became of a frame.
     *
     * @param beganMonotonicNanos when its first byte began to go out: later than asked for where this machine was late
     * @param lastByteMonotonicNanos when its last byte went out
     * @param begun whether anybody was there for any of it
     * @param heard whether one and the same listener was there for all of it
     */
    public record Sent(long beganMonotonicNanos, long lastByteMonotonicNanos, boolean begun, boolean heard) {}

    /** Sends a frame that is there from now on, and returns when its last byte is out. */
    public Sent write(byte[] frame) throws IOException {
        return write(frame, clock.monotonicNanos());
    }

    /** Sends a frame that is there since {@code readyNanos}, and returns when its last byte is out. */
    public Sent write(byte[] frame, long readyNanos) throws IOException {
        long start = Math.max(readyNanos, freeAt);
        int first = end.listener();
        boolean begun = false;
        boolean heard = first != 0;
        int piece = dribbling ? 1 : usualPiece;
        long began = start;
        long perByte = dribbling ? Math.max(2 * nanosPerByte, DRIBBLE_NANOS) : nanosPerByte;
        for (int offset = 0; offset < frame.length; ) {
            int length = Math.min(piece, frame.length - offset);
            sleepUntil(start + (offset + length) * perByte);
            if (offset == 0) {
                began = Math.max(start, clock.monotonicNanos() - length * perByte);
            }
            int listener = end.write(frame, offset, length);
            begun |= listener != 0;
            heard &= listener == first;
            offset += length;
        }
        freeAt = start + frame.length * perByte;
        return new Sent(began, clock.monotonicNanos(), begun, heard);
    }

    private void sleepUntil(long monotonicNanos) {
        for (long left = monotonicNanos - clock.monotonicNanos(); left > 0; ) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            left = monotonicNanos - clock.monotonicNanos();
        }
    }
}
