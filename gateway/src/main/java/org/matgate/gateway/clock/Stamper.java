package org.matgate.gateway.clock;

import org.matgate.protocol.stream.Stamp;

/** Gives moments of the present boot the UTC that the box believes in. Thread-safe, never blocks. */
public interface Stamper {
    /**
     * The stamp of a moment on CLOCK_MONOTONIC.
     *
     * @param extraUncertaintyNanos what the way from the event to the clock adds to the clock's own uncertainty
     */
    Stamp stamp(long monotonicNanos, long extraUncertaintyNanos);

    /** The same moment on CLOCK_MONOTONIC_RAW, which no time daemon slews. */
    long rawOfMonotonic(long monotonicNanos);

    /** The same moment on CLOCK_MONOTONIC. */
    long monotonicOfRaw(long rawNanos);

    /** How far {@link #monotonicOfRaw} of a past moment may be off: a time daemon may have slewed unseen since. */
    long bendNanos(long rawNanos);
}
