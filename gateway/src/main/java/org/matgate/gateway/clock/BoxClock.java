package org.matgate.gateway.clock;

import java.util.UUID;

/** The box's clocks: the kernel's, or simulated ones. Thread-safe. */
public interface BoxClock {
    /** CLOCK_MONOTONIC, nanoseconds: for arrivals, time-outs and all that must not jump. */
    long monotonicNanos();

    /**
     * The same moment on this clock: the machine's own CLOCK_MONOTONIC is another one where the box's is simulated. What
     * the kernel stamps is on the machine's.
     */
    long monotonicOfMachine(long machineMonotonicNanos);

    /** All clocks at one moment. */
    ClockReading read();

    /** The present boot. */
    UUID bootId();
}
