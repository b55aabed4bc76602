package org.matgate.gateway.reader;

/**
 * When a Chafon reader saw a chip. It does not say: all that is known is that it was after the inventory was asked for
 * and before the frame that tells of it began to arrive. The moment is the middle between the two, and may be off by
 * half of it in either direction. All moments are on CLOCK_MONOTONIC, in nanoseconds.
 *
 * <p>An inventory that was not answered in time may still be: then what the reader tells may belong to the older one. As
 * the reader does one thing at a time and in order, the answer to any other request ends that doubt.
 *
 * <p>Not thread-safe.
 */
final class ChafonTime {
    /** An inventory that a former host asked for: the readers' usual length, 2 s, and what they may take longer. */
    static final long FOREIGN_NANOS = 2_100_000_000L;

    /** In real-time mode a reader tells each chip at once, as far as is known. */
    private static final long REAL_TIME_UNCERTAINTY_NANOS = 50_000_000L;
    /** Sending is told of a little before it is done, and times are rounded. */
    private static final long MARGIN_NANOS = 1_000_000L;

    /**
     * When a chip was seen.
     *
     * @param monotonicNanos the middle
     * @param uncertaintyNanos how far off that may be
     */
    record Moment(long monotonicNanos, long uncertaintyNanos) {}

    private boolean known;
    private long oldestNanos;

    /** An inventory is asked for. */
    void asked(long nowNanos) {
        if (!known) {
            known = true;
            oldestNanos = nowNanos;
        }
    }

    /** The inventories asked for are over: what comes next belongs to a later one. */
    void settled() {
        known = false;
    }

    /** A chip in a frame of an inventory. */
    Moment inInventory(Arrival arrival) {
        long until = arrival.beganNanos();
        long from = known ? Math.min(oldestNanos, until) : until - FOREIGN_NANOS;
        long half = (until - from + 1) / 2;
        return new Moment(until - half, half + MARGIN_NANOS);
    }

    /** A chip that the reader tells of by itself. */
    static Moment inRealTime(Arrival arrival) {
        return new Moment(arrival.beganNanos(), REAL_TIME_UNCERTAINTY_NANOS);
    }
}
