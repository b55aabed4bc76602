package org.matgate.simulator.reader;

import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Sightings to come, earliest first: those offered one by one, and those of one sorted sequence, of which no more is
 * asked for than the next. Thread-safe.
 */
final class Schedule {
    private final PriorityQueue<Sighting> offered =
            new PriorityQueue<>(Comparator.comparingLong(Sighting::monotonicNanos));
    private Iterator<Sighting> sequence = Collections.emptyIterator();
    private Optional<Sighting> next = Optional.empty();
    private boolean playing;

    synchronized void offer(Sighting sighting) {
        offered.add(sighting);
    }

    /** @throws IllegalStateException if an earlier sequence has not ended */
    synchronized void play(Iterator<Sighting> sightings) {
        if (playing) {
            throw new IllegalStateException("a sequence of sightings is being played already");
        }
        sequence = sightings;
        playing = true;
    }

    /** Whether nothing is to come; unlike the other methods it never asks the sequence. */
    synchronized boolean isEmpty() {
        return !playing && offered.isEmpty();
    }

    /** When the next is due, CLOCK_MONOTONIC; {@link Long#MAX_VALUE} if none is known. */
    synchronized long nextDueNanos() {
        if (next.isEmpty() && playing) {
            playing = sequence.hasNext();
            next = playing ? Optional.of(sequence.next()) : next;
        }
        long ofSequence = next.map(Sighting::monotonicNanos).orElse(Long.MAX_VALUE);
        Sighting first = offered.peek();
        return first == null ? ofSequence : Math.min(ofSequence, first.monotonicNanos());
    }

    /** Takes out the earliest, if it is due. */
    synchronized Optional<Sighting> due(long nowNanos) {
        long due = nextDueNanos();
        if (due > nowNanos) {
            return Optional.empty();
        }
        Sighting first = offered.peek();
        if (first != null && first.monotonicNanos() == due) {
            return Optional.ofNullable(offered.poll());
        }
        Optional<Sighting> taken = next;
        next = Optional.empty();
        return taken;
    }
}
