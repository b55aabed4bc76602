package org.matgate.gateway.clock;

import java.util.UUID;

/** The box's clocks: the kernel's, or simulated ones. Thread-safe. */
public interface BoxClock {
    /** CLOCK_MONOTONIC, nanoseconds: for arrivals, time-outs and all that must not jump. */
    long monotonicNanos();

    /** All clocks at one moment. */
    ClockReading read();

    /** The box's CLOCK_MONOTONIC at a moment that the machine's tells: the same, but where the clock is simulated. */
    default long monotonicOfMachine(long machineMonotonicNanos) {
        return machineMonotonicNanos;
    }

    /** The present boot. */
    UUID bootId();
}
