package org.matgate.simulator.reader;

import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.LongUnaryOperator;

/**
 * Sightings to come, earliest first: those offered one by one, and those of one sorted sequence, of which no more is
 * asked for than the next. Thread-safe.
 */
final class Schedule {
    private final PriorityQueue<Sighting> offered =
            new PriorityQueue<>(Comparator.comparingLong(Sighting::monotonicNanos));
    private Iterator<RaceSighting> sequence = Collections.emptyIterator();
    private LongUnaryOperator moments = LongUnaryOperator.identity();
    private Optional<RaceSighting> next = Optional.empty();
    private boolean playing;

    synchronized void offer(Sighting sighting) {
        offered.add(sighting);
    }

    /**
     * Plays a sequence by a clock of its own.
     *
     * @param monotonicOfRace when that is on CLOCK_MONOTONIC; {@link Long#MAX_VALUE} while it is not known
     * @throws IllegalStateException if an earlier sequence has not ended
     */
    synchronized void play(Iterator<RaceSighting> sightings, LongUnaryOperator monotonicOfRace) {
        if (playing) {
            throw new IllegalStateException("a sequence of sightings is being played already");
        }
        sequence = sightings;
        moments = monotonicOfRace;
        playing = true;
    }

    /** Whether nothing is to come; unlike the other methods it never asks the sequence. */
    synchronized boolean isEmpty() {
        return !playing && offered.isEmpty();
    }

    /** When the next is due, CLOCK_MONOTONIC; {@link Long#MAX_VALUE} if none is known. */
    synchronized long nextDueNanos() {
        long ofSequence = nextOfSequenceNanos();
        Sighting first = offered.peek();
        return first == null ? ofSequence : Math.min(ofSequence, first.monotonicNanos());
    }

    private long nextOfSequenceNanos() {
        if (next.isEmpty() && playing) {
            playing = sequence.hasNext();
            next = playing ? Optional.of(sequence.next()) : next;
        }
        return next.isPresent() ? moments.applyAsLong(next.get().raceNanos()) : Long.MAX_VALUE;
    }

    /** Takes out the earliest, if it is due. */
    synchronized Optional<Sighting> due(long nowNanos) {
        long ofSequence = nextOfSequenceNanos();
        Sighting first = offered.peek();
        if (first != null && first.monotonicNanos() <= ofSequence) {
            return first.monotonicNanos() <= nowNanos ? Optional.ofNullable(offered.poll()) : Optional.empty();
        }
        if (ofSequence > nowNanos) {
            return Optional.empty();
        }
        Optional<Sighting> taken = next.map(sighting -> sighting.at(ofSequence));
        next = Optional.empty();
        return taken;
    }
}
