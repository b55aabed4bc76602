package org.matgate.simulator.reader;

import java.util.OptionalInt;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;

/** Hears of every read that a simulated reader puts on the wire: the truth that a referee judges by. Thread-safe. */
public interface WireLog {
    /**
     * A read whose last byte has gone out, or would have, had its wire been whole.
     *
     * @param truth what was sent
     * @param sentMonotonicNanos when its last byte went out
     * @param fate what happened to its bytes on the way
     */
    void offered(WireRead truth, long sentMonotonicNanos, Fate fate);

    /**
     * A sighting of which the reader does not tell, because it is not reading, or not each sighting.
     *
     * @param reader the mat's name
     * @param sightedMonotonicNanos the true moment of the sighting
     */
    default void ignored(String reader, long sightedMonotonicNanos) {}

    /**
     * A read as the wire carried it.
     *
     * @param reader the mat's name
     * @param cameMonotonicNanos when the chip was there to be seen, see {@link Sighting}
     * @param sightedMonotonicNanos the true moment of the sighting
     * @param rssiCentiDbm as the protocol can say it
     * @param readerTime as the reader said it
     */
    record WireRead(
            String reader,
            long cameMonotonicNanos,
            long sightedMonotonicNanos,
            Chip chip,
            int antenna,
            OptionalInt rssiCentiDbm,
            ReaderTime readerTime) {
        /** Of a chip that was seen as it came. */
        public WireRead(
                String reader,
                long sightedMonotonicNanos,
                Chip chip,
                int antenna,
                OptionalInt rssiCentiDbm,
                ReaderTime readerTime) {
            this(reader, sightedMonotonicNanos, sightedMonotonicNanos, chip, antenna, rssiCentiDbm, readerTime);
        }
    }

    /** What happened to a read's own bytes. */
    enum Fate {
        /** They went out as they should. */
        WHOLE,
        /** A fault changed or cut them, and the frame's checksum shows it. */
        DAMAGED,
        /** A fault changed them, and the frame's own checksum still holds. */
        UNDETECTABLE,
        /** No process held the port. */
        NOT_LISTENING
    }
}
