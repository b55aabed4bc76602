package org.matgate.simulator.reader;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Who is there to be seen by an R2000 module, first come, first seen; moments are of CLOCK_MONOTONIC. Not thread-safe. */
final class R2000Field {
    /** How long a chip stays in the field to be seen. */
    static final long STAY_NANOS = 1_000_000_000L;

    private final Deque<Sighting> here = new ArrayDeque<>();
    private final List<Sighting> gone = new ArrayList<>();
    private boolean hurried;

    /** From now on they stay until they are seen, however long it takes. */
    void hurry() {
        hurried = true;
    }

    void add(Sighting sighting) {
        here.add(sighting);
    }

    /** Time goes on: who has been there for long goes. */
    void passBy(boolean roundRuns, long now) {
        while (!hurried && !here.isEmpty() && now - here.element().monotonicNanos() > STAY_NANOS) {
            Sighting first = here.remove();
            // While a round runs, it is the line that has no room for so many.
            if (!roundRuns) {
                gone.add(first);
            }
        }
    }

    /** Takes out the first. */
    Sighting next() {
        return here.remove();
    }

    /** One that was taken out is not seen. */
    void goes(Sighting sighting) {
        gone.add(sighting);
    }

    /** All go. */
    void clear() {
        gone.addAll(here);
        here.clear();
    }

    int size() {
        return here.size();
    }

    boolean isEmpty() {
        return here.isEmpty();
    }

    /** Those who went, and were not seen; each is told once. */
    List<Sighting> gone() {
        List<Sighting> all = List.copyOf(gone);
        gone.clear();
        return all;
    }
}
