package org.matgate.gateway.clock;

/**
 * Maps a reader's own time onto CLOCK_MONOTONIC_RAW by the smallest delay seen of late between a reader's stamp and its
 * arrival: a message can come late but never early, so a stalled host does not move a read. Not thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class ReaderClock {
    /**
     * A mapped moment.
     *
     * @param rawNanos on CLOCK_MONOTONIC_RAW
     * @param uncertaintyNanos how wrong the mapping may be, more than 0
     */
    public record Mapped(long rawNanos, long uncertaintyNanos) {}

    /**
     * @param windowNanos how long an observation counts, in reader time
     * @param quantumNanos the reader's resolution
     */
    public ReaderClock(long windowNanos, long quantumNanos) {
        throw new IllegalStateException("being written: " + windowNanos + quantumNanos);
    }

    /** A message stamped {@code readerNanos} by the reader arrived at {@code arrivalRawNanos}. */
    public void observe(long readerNanos, long arrivalRawNanos) {
        throw new IllegalStateException("being written: " + readerNanos + arrivalRawNanos);
    }

    /** The moment of a reader's stamp; call after the {@link #observe} of the message that carried it. */
    public Mapped map(long readerNanos) {
        throw new IllegalStateException("being written: " + readerNanos);
    }
}
