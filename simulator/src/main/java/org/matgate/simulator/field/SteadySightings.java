package org.matgate.simulator.field;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.matgate.simulator.reader.Sighting;

/** Sightings of the race, and between them others without end, until the race is over. Not thread-safe. */
public final class SteadySightings implements Iterator<Sighting> {
    private final Iterator<Sighting> race;
    private final Iterator<Sighting> endless;
    private final long endNanos;
    private Optional<Sighting> nextOfRace = Optional.empty();
    private Optional<Sighting> nextOther = Optional.empty();

    /**
     * @param race in the order of their times
     * @param endless in the order of their times
     * @param endNanos until when the others come, CLOCK_MONOTONIC
     */
    public SteadySightings(Iterator<Sighting> race, Iterator<Sighting> endless, long endNanos) {
        this.race = race;
        this.endless = endless;
        this.endNanos = endNanos;
        advanceRace();
        advanceOther();
    }

    private void advanceRace() {
        nextOfRace = race.hasNext() ? Optional.of(race.next()) : Optional.empty();
    }

    private void advanceOther() {
        nextOther = Optional.of(endless.next()).filter(sighting -> sighting.monotonicNanos() < endNanos);
    }

    @Override
    public boolean hasNext() {
        return nextOfRace.isPresent() || nextOther.isPresent();
    }

    @Override
    public Sighting next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        long ofRace = nextOfRace.map(Sighting::monotonicNanos).orElse(Long.MAX_VALUE);
        long ofOthers = nextOther.map(Sighting::monotonicNanos).orElse(Long.MAX_VALUE);
        Sighting next;
        if (ofRace <= ofOthers) {
            next = nextOfRace.orElseThrow();
            advanceRace();
        } else {
            next = nextOther.orElseThrow();
            advanceOther();
        }
        return next;
    }
}
