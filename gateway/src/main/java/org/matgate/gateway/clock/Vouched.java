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
    /**
     * systemd-timesyncd and phc2sys steer the clock and set both the kernel's errors to 0 instead of saying what they
     * are; the bound grows from there, the estimate stays 0. An NTP client behind a mobile network is off by so much at
     * worst: half of what a full queue in one direction takes.
     */
    static final long UNSAID_NANOS = 100_000_000;

    /** By the kernel alone. */
    static Vouched byKernel(ClockReading clocks) {
        if (!clocks.synchronised()) {
            return new Vouched(clocks, Stamp.UNSYNCHRONISED, ClockSource.NONE);
        }
        Discipline discipline = clocks.discipline();
        long bound = Math.max(discipline.maxErrorNanos(), discipline.estimatedErrorNanos());
        long unsaid = discipline.estimatedErrorNanos() == 0 ? UNSAID_NANOS : 0;
        return new Vouched(clocks, torn(clocks) + bound + unsaid, ClockSource.KERNEL);
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
