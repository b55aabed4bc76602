package org.matgate.protocol.stream;

/**
 * An interval in which reads of one reader may be missing.
 *
 * @param cause why
 * @param fromMonotonicNanos its beginning on CLOCK_MONOTONIC of the event's boot; 0 where it began before this boot
 * @param untilMonotonicNanos its end
 * @param fromUtcNanos its beginning in UTC, as believed when the event was taken
 * @param untilUtcNanos its end in UTC
 * @param count how much, in the cause's unit; 0 where nobody can know
 */
public record Gap(
        Cause cause,
        long fromMonotonicNanos,
        long untilMonotonicNanos,
        long fromUtcNanos,
        long untilUtcNanos,
        long count) {
    /** Why reads may be missing, and what a count then counts. */
    public enum Cause {
        /** A newer box's cause that this version does not know. */
        UNSPECIFIED,
        /** Nobody held the port or the connection; the count is not known. */
        NOT_LISTENING,
        /** Noise between frames; counted in bytes. */
        BYTES_SKIPPED,
        /** Frames with a wrong checksum, length or content; counted in frames. */
        BAD_FRAME,
        /** The reader said that its buffer was full; counted in reads where it says how many. */
        READER_OVERFLOW,
        /** The box could not keep up; counted in reads. */
        INTAKE_FULL,
        /** The reader restarted; the count is not known. */
        READER_RESTARTED
    }
}
