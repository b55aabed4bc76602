package org.matgate.simulator.reader;

/**
 * A reader's own sense of time, which runs fast or slow against the truth.
 *
 * @param originNanos where both agree, CLOCK_MONOTONIC
 * @param driftPpm how much it runs fast, in millionths; negative if slow
 */
record Oscillator(long originNanos, double driftPpm) {
    Oscillator {
        if (!(Math.abs(driftPpm) <= 100_000)) {
            throw new IllegalArgumentException("drift of " + driftPpm + " ppm; want -100,000 to 100,000");
        }
    }

    /** What the reader counts at a true moment, nanoseconds since the origin. */
    long readerNanos(long monotonicNanos) {
        long since = monotonicNanos - originNanos;
        return since + Math.round(since * driftPpm / 1e6);
    }

    /** The first true moment, CLOCK_MONOTONIC, at which the reader counts at least so much. */
    long monotonicNanos(long readerNanos) {
        long guess = originNanos + Math.round(readerNanos / (1 + driftPpm / 1e6));
        while (readerNanos(guess) >= readerNanos) {
            guess--;
        }
        while (readerNanos(guess) < readerNanos) {
            guess++;
        }
        return guess;
    }
}
