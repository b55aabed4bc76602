package org.matgate.gateway.uplink;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits before the next try: anywhere between the minimum and a bound that doubles with each failure up to the maximum,
 * so that many boxes whose engine returns do not come all at once. Not thread-safe.
 */
final class Backoff {
    private final long minNanos;
    private final long maxNanos;
    private final RandomGenerator random;
    private long boundNanos;

    Backoff(Duration min, Duration max, RandomGenerator random) {
        this.minNanos = min.toNanos();
        this.maxNanos = max.toNanos();
        this.random = random;
        reset();
    }

    /** The wait before the next try. */
    Duration next() {
        boundNanos = Math.min(maxNanos, 2 * boundNanos);
        return Duration.ofNanos(random.nextLong(minNanos, boundNanos + 1));
    }

    /** Start again from the minimum: the last session was of use. */
    void reset() {
        boundNanos = minNanos;
    }
}
