package org.matgate.simulator.replay;

/** When the rows of a file are due that is played at a speed, without the waits that are too long. Not thread-safe. */
final class Timeline {
    /** What is left of such a wait. */
    private static final long LEFT_NANOS = 1_000_000_000L;

    private final Speed speed;
    private long fromNanos;
    private long dueThere;
    private long lastNanos;
    private long lastDue;

    /** @param startNanos the moment of the file that is due at 0 */
    Timeline(Speed speed, long startNanos) {
        this.speed = speed;
        this.fromNanos = startNanos;
        this.lastNanos = startNanos;
    }

    /** The next row, in the order in which they are played: when it is due, in nanoseconds after the start. */
    long dueNanos(long nanos) {
        if (new Wait(0, lastNanos, nanos).tooLong(speed)) {
            fromNanos = nanos;
            dueThere = lastDue + LEFT_NANOS;
        }
        lastNanos = nanos;
        lastDue = dueThere + speed.dueNanos(nanos - fromNanos);
        return lastDue;
    }
}
