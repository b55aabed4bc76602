package org.matgate.simulator.reader;

import java.util.Iterator;
import org.matgate.protocol.Chip;

/**
 * One chip truly seen by one antenna, by the race clock: when that is on the wall is known once the race is so far.
 *
 * @param raceNanos nanoseconds after the race clock's start
 * @param antenna 1, 2, …
 * @param rssiCentiDbm received signal strength in 1/100 dBm
 */
public record RaceSighting(long raceNanos, Chip chip, int antenna, int rssiCentiDbm) {
    /** The same at its moment on CLOCK_MONOTONIC. */
    public Sighting at(long monotonicNanos) {
        return new Sighting(monotonicNanos, chip, antenna, rssiCentiDbm);
    }

    /** Sightings by whose times a race began at 0. */
    public static Iterator<RaceSighting> all(Iterator<Sighting> sightings) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return sightings.hasNext();
            }

            @Override
            public RaceSighting next() {
                Sighting next = sightings.next();
                return new RaceSighting(next.monotonicNanos(), next.chip(), next.antenna(), next.rssiCentiDbm());
            }
        };
    }
}
