package org.matgate.simulator.referee;

import java.util.OptionalInt;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;

/**
 * A read that an engine or a box holds.
 *
 * @param journal the journal's id
 * @param seq its number there
 * @param time its moment
 * @param arrivalMonotonicNanos when its bytes arrived at the box, on this machine's CLOCK_MONOTONIC
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
        HeldTime time,
        long arrivalMonotonicNanos,
        long storedUtcNanos) {
    ReadKey key() {
        return new ReadKey(reader, chip, antenna, rssiCentiDbm, readerTime);
    }

    long utcNanos() {
        return time.utcNanos();
    }

    long uncertaintyNanos() {
        return time.uncertaintyNanos();
    }
}
