package org.matgate.gateway.clock;

import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Stamp;

/**
 * A reading of the clocks with who vouches for its UTC.
 *
 * @param errorNanos how far UTC may be from the truth; {@link Stamp#UNSYNCHRONISED} where nobody vouches
 * @param source KERNEL, CHRONY or NONE
 */
record Vouched(ClockReading clocks, long errorNanos, ClockSource source) {
    /** By the kernel alone. */
    static Vouched byKernel(ClockReading clocks) {
        return clocks.synchronised()
                ? new Vouched(clocks, torn(clocks) + clocks.discipline().maxErrorNanos(), ClockSource.KERNEL)
                : new Vouched(clocks, Stamp.UNSYNCHRONISED, ClockSource.NONE);
    }

    /** By chrony, which may only be believed while the kernel does not say that it is unsynchronised. */
    static Vouched byChrony(ClockReading clocks, long errorNanos) {
        return clocks.synchronised()
                ? new Vouched(clocks, torn(clocks) + errorNanos, ClockSource.CHRONY)
                : byKernel(clocks);
    }

    /** How far UTC and CLOCK_MONOTONIC of a reading may lie apart. */
    static long torn(ClockReading clocks) {
        return (clocks.bracketNanos() + 1) / 2 + 1;
    }

    boolean synchronised() {
        return source != ClockSource.NONE;
    }
}
