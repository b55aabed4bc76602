package org.matgate.gateway.reader;

import java.util.random.RandomGenerator;

/** How long to wait before the next try: 0.2 s, doubling up to 5 s, shortened at random by up to a half. */
final class Backoff {
    private static final long FIRST_NANOS = 200_000_000L;
    private static final long MOST_NANOS = 5_000_000_000L;

    private final RandomGenerator random;
    private long nextNanos = FIRST_NANOS;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The next wait, nanoseconds. */
    long next() {
        long nanos = nextNanos;
        nextNanos = Math.min(2 * nextNanos, MOST_NANOS);
        return nanos - random.nextLong(nanos / 2 + 1);
    }

    /** It went well: begin again with the shortest. */
    void reset() {
        nextNanos = FIRST_NANOS;
    }
}
