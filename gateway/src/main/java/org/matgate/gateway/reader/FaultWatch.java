package org.matgate.gateway.reader;

/** Says when a fault that a module repeats is to be told, and when it is over. Not thread-safe. */
final class FaultWatch {
    /** A fault is over when it was not heard of for so long. */
    private static final long OVER_NANOS = 5_000_000_000L;

    /** The least time between two that are told. */
    private static final long EVERY_NANOS = 1_000_000_000L;

    private boolean faulty;
    private long heardNanos;
    private long toldNanos;

    /** Nothing is known of any fault. */
    void clear() {
        faulty = false;
    }

    /** A fault was heard. @return whether to tell it */
    boolean heard(long nowNanos) {
        heardNanos = nowNanos;
        if (faulty && nowNanos - toldNanos < EVERY_NANOS) {
            return false;
        }
        faulty = true;
        toldNanos = nowNanos;
        return true;
    }

    /** Whether there was a fault that is over now; true once. */
    boolean over(long nowNanos) {
        if (!faulty || nowNanos - heardNanos < OVER_NANOS) {
            return false;
        }
        faulty = false;
        return true;
    }
}
