package org.matgate.simulator.referee;

import org.matgate.simulator.reader.WireLog.Fate;
import org.matgate.simulator.reader.WireLog.WireRead;

/**
 * A read that a simulated reader put on the wire.
 *
 * @param sightedUtcNanos the true moment of the sighting, nanoseconds since 1970
 * @param sentMonotonicNanos when its last byte went out, on this machine's CLOCK_MONOTONIC
 */
public record TruthRead(WireRead read, long sightedUtcNanos, long sentMonotonicNanos, Fate fate) {
    ReadKey key() {
        return new ReadKey(read.reader(), read.chip(), read.antenna(), read.rssiCentiDbm(), read.readerTime());
    }
}
