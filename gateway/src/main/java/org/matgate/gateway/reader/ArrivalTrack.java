package org.matgate.gateway.reader;

import org.matgate.protocol.reader.FramePosition;

/**
 * Remembers when the last pieces of a stream arrived, and so when a frame in it did. On a serial line the bytes of a
 * piece came one after the other, the last just before the piece was read; on TCP all at once. A frame that the parser
 * finds only later, in bytes of earlier pieces, gets the time of those.
 *
 * <p>Not thread-safe.
 */
final class ArrivalTrack {
    /** The pieces remembered: a line of 44 characters comes in 6 of them; beyond, the oldest known is the bound. */
    private static final int PIECES = 64;

    /** What an adapter may hand on at once of what came before. */
    private static final int FIFO_BYTES = 24;

    /** For about so long a host whose driver has handed bytes on late may do so again. */
    private static final double FORGET_NANOS = 2e9;

    /** No driver was seen to hold bytes for longer. */
    private static final long LONGEST_NANOS = 1_000_000_000L;

    private final long nanosPerByte;
    private final long[] ends = new long[PIECES];
    private final long[] arrivals = new long[PIECES];
    private final long[] sinces = new long[PIECES];
    private long pieces;
    private long streamEnd;
    /** The earliest that the line can have carried the last piece's bytes by, one after the other. */
    private long carriedNanos = Long.MIN_VALUE;
    /** When the last piece came that the line can have carried by then. */
    private long promptNanos;
    /** How long bytes may have been held up when that was seen last, and when that was. */
    private long handedOnLateNanos;

    private long heldUpNanos;

    /** @param nanosPerByte a byte's time on the wire; 0 where that is of no account */
    ArrivalTrack(long nanosPerByte) {
        this.nanosPerByte = nanosPerByte;
    }

    /**
     * The next {@code length} bytes of the stream have arrived at {@code nanos}, or before.
     *
     * <p>More than the line can have carried since the last look were held up on their way by this host; then all that is
     * known is that they came after the last piece that was not. What comes in the seconds after those may be as late.
     *
     * @param lookedNanos when the link was looked at last and none of them was there
     * @param lateNanos by how much more this host, or an adapter that gathers bytes, may have been late
     */
    void piece(int length, long lookedNanos, long lateNanos, long nanos) {
        long last = pieces == 0 ? lookedNanos : arrivals[(int) ((pieces - 1) % PIECES)];
        if (carriedNanos <= Math.max(last, lookedNanos)) {
            promptNanos = last;
        }
        carriedNanos = Math.max(carriedNanos, lookedNanos) + length * nanosPerByte;
        boolean heldUp = carriedNanos - FIFO_BYTES * nanosPerByte > nanos;
        long since = heldUp
                ? Math.min(lookedNanos, promptNanos) - lateNanos
                : lookedNanos - Math.max(lateNanos, handedOnLateNanos(nanos));
        if (heldUp) {
            handedOnLateNanos = Math.max(handedOnLateNanos(nanos), Math.min(nanos - promptNanos, LONGEST_NANOS));
            heldUpNanos = nanos;
        }
        streamEnd += length;
        int slot = (int) (pieces % PIECES);
        ends[slot] = streamEnd;
        arrivals[slot] = nanos;
        sinces[slot] = since;
        pieces++;
    }

    /**
     * How long this host's driver may hold back now what has arrived: on a busy host it hands bytes on late although we
     * are woken in time. A few bytes do not show it, but many that come at once do.
     */
    long handedOnLateNanos(long nowNanos) {
        return (long) ((double) handedOnLateNanos * Math.exp((double) (heldUpNanos - nowNanos) / FORGET_NANOS));
    }

    /** The stream begins anew: positions count from 0. */
    void restart() {
        pieces = 0;
        streamEnd = 0;
        carriedNanos = Long.MIN_VALUE;
    }

    /** When the frame arrived. @throws IllegalStateException if it ends beyond the pieces told */
    Arrival of(FramePosition frame) {
        if (frame.end() > streamEnd) {
            throw new IllegalStateException("a frame ends at " + frame.end() + " of " + streamEnd + " bytes");
        }
        long ended = byteArrived(frame.end());
        long first = frame.end() - frame.length() + 1;
        long began = Math.min(byteArrived(first) - nanosPerByte, ended);
        return new Arrival(Math.min(lookedBefore(first), began), began, ended);
    }

    /** When the link was looked at last before the byte at {@code position} was there. */
    private long lookedBefore(long position) {
        long since = Long.MAX_VALUE;
        for (long i = pieces - 1; i >= Math.max(0, pieces - PIECES); i--) {
            int slot = (int) (i % PIECES);
            if (ends[slot] < position) {
                break;
            }
            since = sinces[slot];
        }
        return since;
    }

    /** The earliest bound on the arrival of the byte at {@code position}, counted from 1. */
    private long byteArrived(long position) {
        long earliest = Long.MAX_VALUE;
        for (long i = pieces - 1; i >= Math.max(0, pieces - PIECES); i--) {
            int slot = (int) (i % PIECES);
            if (ends[slot] < position) {
                break;
            }
            earliest = Math.min(earliest, arrivals[slot] - (ends[slot] - position) * nanosPerByte);
        }
        return earliest;
    }
}
