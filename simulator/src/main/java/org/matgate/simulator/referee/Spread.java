package org.matgate.simulator.referee;

import java.util.Arrays;

/** How values in nanoseconds are spread; all 0 where there are none. */
public record Spread(int count, long medianNanos, long p99Nanos, long maxNanos) {
    static Spread of(long[] values) {
        if (values.length == 0) {
            return new Spread(0, 0, 0, 0);
        }
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(sorted.length, rank(sorted, 0.5), rank(sorted, 0.99), sorted[sorted.length - 1]);
    }

    /** The smallest value that at least this share of all does not exceed. */
    private static long rank(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
