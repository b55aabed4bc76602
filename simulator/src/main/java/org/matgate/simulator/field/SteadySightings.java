package org.matgate.simulator.field;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.matgate.simulator.reader.RaceSighting;

/** Sightings of the race, and between them others without end, until the race is over. Not thread-safe. */
public final class SteadySightings implements Iterator<RaceSighting> {
    private final Iterator<RaceSighting> race;
    private final Iterator<RaceSighting> endless;
    private final long endNanos;
    private Optional<RaceSighting> nextOfRace = Optional.empty();
    private Optional<RaceSighting> nextOther = Optional.empty();

    /**
     * @param race in the order of their times
     * @param endless in the order of their times
     * @param endNanos until when the others come, nanoseconds after the race clock's start
     */
    public SteadySightings(Iterator<RaceSighting> race, Iterator<RaceSighting> endless, long endNanos) {
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
        nextOther = Optional.of(endless.next()).filter(sighting -> sighting.raceNanos() < endNanos);
    }

    @Override
    public boolean hasNext() {
        return nextOfRace.isPresent() || nextOther.isPresent();
    }

    @Override
    public RaceSighting next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        long ofRace = nextOfRace.map(RaceSighting::raceNanos).orElse(Long.MAX_VALUE);
        long ofOthers = nextOther.map(RaceSighting::raceNanos).orElse(Long.MAX_VALUE);
        RaceSighting next;
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
