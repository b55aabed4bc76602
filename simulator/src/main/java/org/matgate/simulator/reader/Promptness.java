package org.matgate.simulator.reader;

/**
 * Whether this machine gave a simulated reader its time. One that gets it late sees many chips at once, and chips long
 * after they came, for neither of which its host is to blame. Not thread-safe.
 */
final class Promptness {
    /** Less is what any memory takes, and any chip waits for. */
    static final long LATE_NANOS = 250_000_000;

    /** So long a reader may take to say what has gathered meanwhile. */
    static final long AFTERWARDS_NANOS = 5_000_000_000L;

    private long steppedNanos = Long.MAX_VALUE;
    private long onTheLineNanos;
    private long lateUntilNanos = Long.MIN_VALUE;

    /** It goes on. */
    void step(long now) {
        if (now - onTheLineNanos - steppedNanos > LATE_NANOS) {
            lateUntilNanos = now + AFTERWARDS_NANOS;
        }
        steppedNanos = now;
        onTheLineNanos = 0;
    }

    /** So long it was the line, and so its host, that let it wait. */
    void onTheLine(long nanos) {
        onTheLineNanos += nanos;
    }

    /** Whether it was late lately. */
    boolean late(long now) {
        return now < lateUntilNanos;
    }
}
