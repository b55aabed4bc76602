package org.matgate.gateway.reader;

/** Counts what happens in each of the last seconds. Moments are on one monotonic clock, in nanoseconds. Not thread-safe. */
final class RateMeter {
    /** Long enough to be steady, short enough to see a mat go quiet. */
    static final int SECONDS = 10;

    private static final long NANOS = 1_000_000_000L;

    /** One more than is asked for: the second that has not ended yet. */
    private final long[] counts = new long[SECONDS + 1];

    private long newest = Long.MIN_VALUE;

    void count(long nanos) {
        long second = Math.floorDiv(nanos, NANOS);
        forget(second);
        // What comes late counts in the oldest second that is kept.
        counts[slot(Math.max(second, newest - SECONDS))]++;
    }

    /** How many a second, over the last {@value #SECONDS} full seconds. */
    double perSecond(long nowNanos) {
        forget(Math.floorDiv(nowNanos, NANOS));
        long sum = 0;
        for (long second = newest - SECONDS; second < newest; second++) {
            sum += counts[slot(second)];
        }
        return (double) sum / SECONDS;
    }

    private void forget(long now) {
        if (newest == Long.MIN_VALUE) {
            newest = now;
        }
        for (long second = Math.max(newest + 1, now - SECONDS); second <= now; second++) {
            counts[slot(second)] = 0;
        }
        newest = Math.max(newest, now);
    }

    private int slot(long second) {
        return (int) Math.floorMod(second, (long) counts.length);
    }
}
