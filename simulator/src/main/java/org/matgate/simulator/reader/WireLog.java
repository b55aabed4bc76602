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
     * A sighting for which the reader has no room, since nobody fetches what it has, or not fast enough.
     *
     * @param reader the mat's name
     * @param sightedMonotonicNanos the true moment of the sighting
     */
    default void overflowed(String reader, long sightedMonotonicNanos) {}

    /**
     * A host that listens let a reader wait that sees nobody until it is asked again, while somebody was there to be seen.
     *
     * @param reader the mat's name
     * @param antenna that it was not asked to look with meanwhile, or 0 of a reader that is asked for all at once
     * @param fromMonotonicNanos since when
     * @param untilMonotonicNanos when it asked, or nobody was there any more
     * @param waitedNanos how much of that the reader itself had time to run: the rest is the machine's, not the host's
     */
    default void waited(
            String reader, int antenna, long fromMonotonicNanos, long untilMonotonicNanos, long waitedNanos) {}

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
        /**
         * A fault changed them, and the checksum still holds of a frame that tells of another read instead; or bytes whose
         * checksum holds have taken them in, or not, as their host waited for the rest of a frame, or not.
         */
        UNDETECTABLE,
        /**
         * Bytes whose checksum holds have taken them in, and tell of no read in its stead: of this one nothing can be held,
         * nor of any other because of it.
         */
        SWALLOWED,
        /** No process held the port. */
        NOT_LISTENING
    }
}
