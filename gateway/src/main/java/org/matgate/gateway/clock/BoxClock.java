package org.matgate.gateway.clock;

import java.util.UUID;

/** The box's clocks: the kernel's, or simulated ones. Thread-safe. */
public interface BoxClock {
    /** CLOCK_MONOTONIC, nanoseconds: for arrivals, time-outs and all that must not jump. */
    long monotonicNanos();

    /** All clocks at one moment. */
    ClockReading read();

    /** The present boot. */
    UUID bootId();
}
