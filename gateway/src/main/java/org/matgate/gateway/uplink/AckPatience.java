package org.matgate.gateway.uplink;

/**
 * How long an engine has had events without acknowledging any, in time during which this process ran: one that was stopped
 * for a minute has not waited. Not thread-safe.
 */
final class AckPatience {
    /** More than this between two looks was not waited. */
    private static final long MOST_BETWEEN_LOOKS_NANOS = 1_000_000_000L;

    private long lookedNanos;
    private long waitedNanos;

    /** A session begins. */
    void begin(long now) {
        lookedNanos = now;
        waitedNanos = 0;
    }

    /** The engine acknowledged something that was under way. */
    void acknowledged() {
        waitedNanos = 0;
    }

    /**
     * Looks again.
     *
     * @param owed whether the engine has something to acknowledge
     * @return for how long it has owed it, nanoseconds
     */
    long look(long now, boolean owed) {
        long since = now - lookedNanos;
        lookedNanos = now;
        waitedNanos = owed ? waitedNanos + Math.clamp(since, 0, MOST_BETWEEN_LOOKS_NANOS) : 0;
        return waitedNanos;
    }
}
