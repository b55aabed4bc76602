package org.matgate.simulator.reader;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Who waits at the antennas of a Chafon reader until its host asks for an inventory with them, and when it asked last. All
 * moments are of CLOCK_MONOTONIC. Not thread-safe.
 */
final class ChafonField {
    /** Who has asked for an inventory so lately will ask for the next. */
    static final long ASKED_LATELY_NANOS = 3_000_000_000L;

    private final List<Sighting> waiting = new ArrayList<>();
    private final List<Sighting> gone = new ArrayList<>();
    private final long[] askedNanos;
    private boolean hurried;

    ChafonField(int ports) {
        this.askedNanos = new long[ports + 1];
    }

    /** From now on they wait for their question, however long it takes; only behind a cut cable they do not. */
    void hurry() {
        hurried = true;
    }

    /** Nobody waits, and nobody has asked lately. */
    void clear(long now) {
        waiting.clear();
        Arrays.fill(askedNanos, now - ReaderModel.ASKS_AGAIN_NANOS);
    }

    /** The host asks for an inventory with this antenna. */
    void asked(int port, long now) {
        askedNanos[port] = now;
    }

    /**
     * Takes out those whom an inventory with this antenna sees as it begins. Who has waited for too long is gone, wherever.
     *
     * @param reaches whether an antenna has its cable
     */
    List<Sighting> seen(int port, long now, IntPredicate reaches) {
        List<Sighting> seen = new ArrayList<>();
        List<Sighting> stay = new ArrayList<>();
        for (Sighting one : waiting) {
            boolean late = now - one.monotonicNanos() > ASKED_LATELY_NANOS;
            boolean goes = late && !(hurried && reaches.test(one.antenna()));
            (goes ? gone : one.antenna() == port ? seen : stay).add(one);
        }
        waiting.clear();
        waiting.addAll(stay);
        return seen;
    }

    void add(Sighting sighting) {
        waiting.add(sighting);
    }

    int size() {
        return waiting.size();
    }

    /** Whether they wait however long it takes. */
    boolean hurried() {
        return hurried;
    }

    boolean lately(int port, long now) {
        return now - askedNanos[port] < ASKED_LATELY_NANOS;
    }

    boolean lately(long now) {
        return ports().anyMatch(port -> lately(port, now));
    }

    /** Whether an antenna is to be asked for again, and nobody is seen with it until it is. */
    boolean questionToCome(long now) {
        return ports().anyMatch(port -> !lately(port, now) && asksAgain(port, now));
    }

    /**
     * The antennas that are to be asked for again, and at which somebody is there meanwhile.
     *
     * @param present the antenna that it looks with
     * @param heldBack whether somebody is there whom it does not take: that is for the one that was asked for longest ago
     */
    Set<Integer> awaited(int present, boolean heldBack, long now) {
        if (waiting.isEmpty() && !heldBack) {
            return Set.of();
        }
        Set<Integer> somebodyAt = new HashSet<>();
        waiting.forEach(sighting -> somebodyAt.add(sighting.antenna()));
        if (heldBack) {
            ports().filter(port -> asksAgain(port, now))
                    .boxed()
                    .min(Comparator.comparingLong(port -> askedNanos[port]))
                    .ifPresent(somebodyAt::add);
        }
        somebodyAt.removeIf(port -> port == present || !asksAgain(port, now));
        return somebodyAt;
    }

    private boolean asksAgain(int port, long now) {
        return now - askedNanos[port] < ReaderModel.ASKS_AGAIN_NANOS;
    }

    private IntStream ports() {
        return IntStream.range(1, askedNanos.length);
    }

    /** Those who have waited for too long; each is told once. */
    List<Sighting> gone() {
        List<Sighting> all = List.copyOf(gone);
        gone.clear();
        return all;
    }
}
