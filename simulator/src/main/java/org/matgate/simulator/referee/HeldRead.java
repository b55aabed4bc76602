package org.matgate.simulator.referee;

import java.util.OptionalInt;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;

/**
 * A read that an engine or a box holds.
 *
 * @param journal the journal's id
 * @param seq its number there
 * @param utcNanos its moment, nanoseconds since 1970
 * @param uncertaintyNanos how far that may be from the truth; {@link org.matgate.protocol.stream.Stamp#UNSYNCHRONISED}
 *     where nothing vouches for it
 * @param arrivalMonotonicNanos when its bytes arrived at the box
 * @param storedUtcNanos when it was stored, nanoseconds since 1970; 0 where that is not known
 */
public record HeldRead(
        String journal,
        long seq,
        String reader,
        Chip chip,
        int antenna,
        OptionalInt rssiCentiDbm,
        ReaderTime readerTime,
        long utcNanos,
        long uncertaintyNanos,
        long arrivalMonotonicNanos,
        long storedUtcNanos) {
    ReadKey key() {
        return new ReadKey(reader, chip, antenna, rssiCentiDbm, readerTime);
    }
}
