package org.matgate.simulator.reader;

import org.matgate.protocol.Chip;

/**
 * One chip truly seen by one antenna: what the field hands to a simulated reader, which puts it on the wire as its
 * protocol does.
 *
 * @param cameMonotonicNanos when it was there to be seen, on this machine's CLOCK_MONOTONIC; a reader that looks
 *     elsewhere, or waits to be asked, sees it later
 * @param monotonicNanos the true moment of the sighting
 * @param antenna 1, 2, …
 * @param rssiCentiDbm received signal strength in 1/100 dBm
 */
public record Sighting(long cameMonotonicNanos, long monotonicNanos, Chip chip, int antenna, int rssiCentiDbm) {
    /** One that is seen as it comes. */
    public Sighting(long monotonicNanos, Chip chip, int antenna, int rssiCentiDbm) {
        this(monotonicNanos, monotonicNanos, chip, antenna, rssiCentiDbm);
    }

    /** The same seen not before that. */
    Sighting notBefore(long nanos) {
        return new Sighting(cameMonotonicNanos, Math.max(monotonicNanos, nanos), chip, antenna, rssiCentiDbm);
    }
}
