package org.matgate.gateway.clock;

/**
 * What the kernel says of its wall clock ({@code adjtimex(2)}, read only).
 *
 * @param synchronised whether the kernel says that a time source steers the clock
 * @param maxErrorNanos the kernel's bound on the error of UTC, meaningful only while synchronised
 * @param estimatedErrorNanos what the time daemon thinks the error is; no bound
 * @param frequencyPpb by how much the kernel corrects the quartz, without the slews of the moment
 * @param taiOffsetSeconds TAI less UTC; 0 where nobody told the kernel
 */
public record Discipline(
        boolean synchronised,
        long maxErrorNanos,
        long estimatedErrorNanos,
        Leap leap,
        long frequencyPpb,
        int taiOffsetSeconds) {
    /** Where only the bound is known. */
    public static Discipline of(boolean synchronised, long maxErrorNanos, Leap leap) {
        return new Discipline(synchronised, maxErrorNanos, maxErrorNanos, leap, 0, 0);
    }
}
