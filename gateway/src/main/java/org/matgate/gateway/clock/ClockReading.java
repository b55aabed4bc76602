package org.matgate.gateway.clock;

/**
 * The box's clocks at one moment, that of the UTC reading, which two monotonic ones bracket.
 *
 * @param monotonicNanos CLOCK_MONOTONIC, in the middle of its bracket
 * @param rawNanos CLOCK_MONOTONIC_RAW
 * @param utcNanos CLOCK_REALTIME, nanoseconds since 1970
 * @param bracketNanos the width of the bracket: how far the readings may lie apart
 * @param synchronised whether the kernel says that a time source steers the clock
 * @param maxErrorNanos the kernel's bound on the error of UTC, meaningful only while synchronised
 */
public record ClockReading(
        long monotonicNanos,
        long rawNanos,
        long utcNanos,
        long bracketNanos,
        boolean synchronised,
        long maxErrorNanos) {}
