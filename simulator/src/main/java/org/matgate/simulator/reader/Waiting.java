package org.matgate.simulator.reader;

/**
 * Tells the wire log how long an antenna of a reader waited for its host's next question while somebody was there to be seen. It is
 * measured on the wall, however fast the race is, as a host does not know of a race clock; and in the time in which this
 * reader itself ran, so that a machine which has no time for its processes is not taken for a host that does not ask. Not
 * thread-safe.
 */
final class Waiting {
    /** More between two looks is time that the machine did not give. */
    static final long MOST_BETWEEN_LOOKS_NANOS = 50_000_000;

    private final String name;
    private final int antenna;
    private final WireLog wireLog;
    private boolean waits;
    private long sinceNanos;
    private long waitedNanos;
    private long lookedNanos = Long.MAX_VALUE;

    /** @param antenna {@link ReaderModel#ANY_ANTENNA} where a host does not ask for each */
    Waiting(String name, int antenna, WireLog wireLog) {
        this.name = name;
        this.antenna = antenna;
        this.wireLog = wireLog;
    }

    /**
     * To be called again and again.
     *
     * @param now CLOCK_MONOTONIC
     * @param waitsNow whether it waits, with somebody there
     */
    void look(long now, boolean waitsNow) {
        long since = Math.max(0, now - lookedNanos);
        lookedNanos = now;
        if (waits) {
            waitedNanos += Math.min(since, MOST_BETWEEN_LOOKS_NANOS);
        }
        if (waits && !waitsNow) {
            wireLog.waited(name, antenna, sinceNanos, now, waitedNanos);
        } else if (!waits && waitsNow) {
            sinceNanos = now;
            waitedNanos = 0;
        }
        waits = waitsNow;
    }
}
