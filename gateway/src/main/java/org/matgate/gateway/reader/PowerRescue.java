package org.matgate.gateway.reader;

import java.util.Locale;
import java.util.Optional;

/**
 * Decides when a reader that is there and is not understood should lose its power for a while. Moments are on
 * CLOCK_MONOTONIC, in nanoseconds. Not thread-safe; no I/O.
 */
final class PowerRescue {
    /** For so long it is tried without. */
    static final long TRY_NANOS = 30_000_000_000L;

    /** A reader whose host refuses may be starting, for longer than any does. */
    static final long START_NANOS = 150_000_000_000L;

    static final int LEAST_FAILURES = 3;

    /** Between the first two cycles; then twice as long each time, up to an hour: what does not help does harm. */
    static final long FIRST_PAUSE_NANOS = 300_000_000_000L;

    static final long LONGEST_PAUSE_NANOS = 3_600_000_000_000L;

    private int failures;
    private long sinceNanos;
    private boolean starting;
    private boolean cycled;
    private long cycledNanos;
    private long pauseNanos = FIRST_PAUSE_NANOS;

    /** There is no port or host: a reader without power, or one that is still starting. */
    void absent() {
        failures = 0;
    }

    /** The host is there and nobody listens. */
    void refused(long nowNanos) {
        failed(nowNanos);
        starting = true;
    }

    /**
     * A session has ended.
     *
     * @param understood whether anything that the reader said was: then nothing is wrong that losing its power would mend
     */
    void ended(boolean understood, long beganNanos) {
        if (understood) {
            failures = 0;
            cycled = false;
            pauseNanos = FIRST_PAUSE_NANOS;
        } else {
            if (starting) {
                // It has just begun to listen, and may not be done with its start.
                failures = 0;
            }
            failed(beganNanos);
            starting = false;
        }
    }

    private void failed(long beganNanos) {
        if (failures++ == 0) {
            sinceNanos = beganNanos;
        }
    }

    /** Why the power should be cut now; empty if it should not. */
    Optional<String> due(long nowNanos) {
        if (failures < LEAST_FAILURES
                || nowNanos - sinceNanos < (starting ? START_NANOS : TRY_NANOS)
                || (cycled && nowNanos - cycledNanos < pauseNanos)) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT, "not understood in %d sessions over %.0f s", failures, (nowNanos - sinceNanos) / 1e9));
    }

    /** The power is cut. */
    void cycled(long nowNanos) {
        if (cycled) {
            pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
        }
        cycled = true;
        cycledNanos = nowNanos;
        failures = 0;
    }
}
