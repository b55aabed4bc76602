package org.matgate.gateway.clock;

/**
 * The box's clocks at one moment, that of the UTC reading, which two monotonic ones bracket.
 *
 * @param monotonicNanos CLOCK_MONOTONIC, in the middle of its bracket
 * @param rawNanos CLOCK_MONOTONIC_RAW
 * @param utcNanos CLOCK_REALTIME, nanoseconds since 1970
 * @param bracketNanos the width of the bracket: how far the readings may lie apart
 * @param discipline what the kernel says of its wall clock
 */
public record ClockReading(
        long monotonicNanos, long rawNanos, long utcNanos, long bracketNanos, Discipline discipline) {
    public ClockReading(
            long monotonicNanos,
            long rawNanos,
            long utcNanos,
            long bracketNanos,
            boolean synchronised,
            long maxErrorNanos) {
        this(monotonicNanos, rawNanos, utcNanos, bracketNanos, Discipline.of(synchronised, maxErrorNanos, Leap.NONE));
    }

    /** Whether the kernel says that a time source steers the clock. */
    public boolean synchronised() {
        return discipline.synchronised();
    }
}
