package org.matgate.gateway.reader;

/**
 * How promptly this host looks at a link, and so how much of the time that went by it has looked. A host that was stopped
 * for a second has not heard a second's silence: what came meanwhile waits for it. All times are in nanoseconds.
 *
 * <p>Not thread-safe.
 */
final class Looks {
    /** So much may a look last longer than asked, on a busy host; in what goes beyond, nobody looked. */
    private static final long USUAL_NANOS = 20_000_000L;

    /** No reader is given more time for being listened to again: it answers sooner than that. */
    static final long MOST_GRACE_NANOS = 3_000_000_000L;

    /** For about so long a host that was late to wake us may be as late to hand on what has arrived. */
    private static final double FORGET_NANOS = 2e9;

    /** As late so often of late is no accident, but how busy this host is: a process that was stopped once is late once. */
    private static final int TIMES = 3;

    /** The greatest lateness of late, the greatest first; each fades. */
    private final double[] late = new double[TIMES];

    private long owedNanos;
    private long sinceTickNanos;

    /**
     * A look is over.
     *
     * @param tookNanos since the look before
     * @param waitNanos how long it was to wait for bytes
     * @return how much of the time this host looked
     */
    long look(long tookNanos, long waitNanos) {
        note(tookNanos, (double) Math.max(0, tookNanos - waitNanos));
        long missed = Math.max(0, tookNanos - waitNanos - USUAL_NANOS);
        long looked = tookNanos - missed;
        owedNanos = Math.max(owedNanos - looked, Math.min(missed, MOST_GRACE_NANOS));
        sinceTickNanos += looked;
        return looked;
    }

    private void note(long tookNanos, double lateness) {
        double fading = Math.exp(-tookNanos / FORGET_NANOS);
        double next = lateness;
        for (int i = 0; i < TIMES; i++) {
            double faded = late[i] * fading;
            late[i] = Math.max(faded, next);
            next = Math.min(faded, next);
        }
    }

    /** How late this host may be now to hand on what has arrived, as it has been to wake us. */
    long latenessNanos() {
        return (long) late[TIMES - 1];
    }

    /**
     * Whether a reader has had the time to be heard that its silence would be measured by: after a pause in which nobody
     * looked, as much again.
     */
    boolean fair() {
        return owedNanos == 0 || sinceTickNanos >= MOST_GRACE_NANOS;
    }

    /** The session was told that time has gone by. */
    void ticked() {
        sinceTickNanos = 0;
    }
}
