package org.matgate.gateway.reader;

import org.matgate.gateway.clock.Stamper;

/** Turns moments of CLOCK_MONOTONIC into those of CLOCK_MONOTONIC_RAW, which no time daemon slews, and back. */
interface RawTime {
    /** The same moment on CLOCK_MONOTONIC_RAW. */
    long rawOfMonotonic(long monotonicNanos);

    /** The same moment on CLOCK_MONOTONIC. */
    long monotonicOfRaw(long rawNanos);

    /** How far {@link #monotonicOfRaw} of a past moment may be off. */
    long bendNanos(long rawNanos);

    /** What the box's clocks say. */
    static RawTime of(Stamper stamper) {
        return new RawTime() {
            @Override
            public long rawOfMonotonic(long monotonicNanos) {
                return stamper.rawOfMonotonic(monotonicNanos);
            }

            @Override
            public long monotonicOfRaw(long rawNanos) {
                return stamper.monotonicOfRaw(rawNanos);
            }

            @Override
            public long bendNanos(long rawNanos) {
                return stamper.bendNanos(rawNanos);
            }
        };
    }
}
