package org.matgate.simulator.reader;

/**
 * A reader's behaviour without any I/O: what it hears and sees goes in, in the order of time, and what it says is put
 * into its {@link Outbox}. Not thread-safe.
 */
sealed interface ReaderModel permits SimulatedMercury, SimulatedIpico {
    /** The host sent {@code length} bytes, the last of which came in at {@code nowNanos}. */
    void heard(byte[] bytes, int length, long nowNanos);

    /** Another host listens from now on, or none. */
    void listenerChanged();

    /** Time goes on to {@code nowNanos}, CLOCK_MONOTONIC. */
    void advance(long nowNanos);

    /** When {@link #advance} has something to do next, CLOCK_MONOTONIC; {@link Long#MAX_VALUE} if never. */
    long nextDueNanos();

    /** An antenna sees a chip, not earlier than any other that was told before. */
    Seen sighted(Sighting sighting);

    /** Whether a sighting would go onto the wire. */
    boolean reading();

    /** What becomes of a sighting. */
    enum Seen {
        /** It goes onto the wire. */
        TAKEN,
        /** The reader is not reading, or not with that antenna, or cannot read such chips. */
        IGNORED,
        /** The reader's memory is full: lost within the reader, never on the wire. */
        OVERFLOWED
    }
}
