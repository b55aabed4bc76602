package org.matgate.gateway.clock;

/**
 * The box's clocks at one moment, that of the UTC reading, which two monotonic ones bracket.
 *
 * @param monotonicNanos CLOCK_MONOTONIC, in the middle of its bracket
 * @param rawNanos CLOCK_MONOTONIC_RAW
 * @param utcNanos CLOCK_REALTIME, nanoseconds since 1970
 * @param bracketNanos the width of the bracket: how far the readings may lie apart
 * @param discipline what the kernel says of its wall clock
 * @param suspendedNanos for how long the machine has slept in this boot; the two monotonic clocks stand still then
 */
public record ClockReading(
        long monotonicNanos,
        long rawNanos,
        long utcNanos,
        long bracketNanos,
        Discipline discipline,
        long suspendedNanos) {
    /** What is less is the reading's own doing. */
    private static final long AWAKE_NANOS = 10_000_000;

    public ClockReading(long monotonicNanos, long rawNanos, long utcNanos, long bracketNanos, Discipline discipline) {
        this(monotonicNanos, rawNanos, utcNanos, bracketNanos, discipline, 0);
    }

    public ClockReading(
            long monotonicNanos,
            long rawNanos,
            long utcNanos,
            long bracketNanos,
            boolean synchronised,
            long maxErrorNanos) {
        this(monotonicNanos, rawNanos, utcNanos, bracketNanos, Discipline.of(synchronised, maxErrorNanos, Leap.NONE));
    }

    /** Whether the machine has slept in this boot. */
    boolean hasSlept() {
        return suspendedNanos > AWAKE_NANOS + bracketNanos;
    }

    /** Whether the machine has slept since an earlier reading. */
    boolean hasSleptSince(ClockReading earlier) {
        return suspendedNanos - earlier.suspendedNanos > AWAKE_NANOS + bracketNanos + earlier.bracketNanos;
    }

    /** Whether the kernel says that a time source steers the clock. */
    public boolean synchronised() {
        return discipline.synchronised();
    }
}
