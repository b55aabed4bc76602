package org.matgate.protocol.reader;

/**
 * A run of bytes that belongs to no good frame.
 *
 * @param reason what was wrong with them
 * @param end bytes of the stream up to and with the run's last, counted since the parser was new
 * @param length bytes in the run, at least 1
 * @param sample the run's first bytes in hexadecimal, at most {@value #SAMPLE_BYTES} of them, for the log
 */
public record Skipped(Reason reason, long end, long length, String sample) {
    /** How many bytes of a run are kept to be shown. */
    public static final int SAMPLE_BYTES = 32;

    /** What was wrong. */
    public enum Reason {
        /** No frame begins here. */
        NOISE,
        /** It began and ended as a frame does, but its checksum is wrong. */
        BAD_CHECKSUM,
        /** Its length or content is not what the protocol allows, although a checksum may hold. */
        MALFORMED,
        /** The connection ended, or a new frame began, before it was complete. */
        TRUNCATED
    }
}
