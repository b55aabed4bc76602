package org.matgate.simulator.reader;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tells the wire log whom a reader did not see, had no room for, or saw late, as far as that may be its host's doing. Not
 * thread-safe.
 */
final class Unseen {
    private final String name;
    private final WireLog wireLog;
    private final Map<Integer, Waiting> waits = new HashMap<>();
    private final Promptness promptness = new Promptness();

    Unseen(String name, WireLog wireLog) {
        this.name = name;
        this.wireLog = wireLog;
    }

    /** The reader goes on. */
    void step(long now) {
        promptness.step(now);
    }

    /** So long it was its line that let it wait. */
    void onTheLine(long nanos) {
        promptness.onTheLine(nanos);
    }

    /** What became of a sighting. */
    void seen(Sighting sighting, ReaderModel.Seen seen, long now) {
        if (seen == ReaderModel.Seen.IGNORED) {
            wireLog.ignored(name, sighting.cameMonotonicNanos());
        } else if (seen == ReaderModel.Seen.OVERFLOWED && !promptness.late(now)) {
            wireLog.overflowed(name, sighting.cameMonotonicNanos());
        }
    }

    /**
     * Looks who waits, and who has gone.
     *
     * @param awaited the antennas where somebody is, and for which a host that listens does not ask
     * @param hurried then the waiting itself is judged, as all wait where they are: who goes does so for another reason, in
     *     that moment
     */
    void look(ReaderModel model, Set<Integer> awaited, boolean hurried, long now) {
        wait(awaited, now);
        for (Sighting gone : model.gone()) {
            if (hurried) {
                wireLog.ignored(name, now);
            } else if (!promptness.late(now)) {
                wireLog.ignored(name, gone.cameMonotonicNanos());
            }
        }
    }

    /** The reader is no more. */
    void end(long now) {
        wait(Set.of(), now);
    }

    private void wait(Set<Integer> awaited, long now) {
        awaited.forEach(antenna -> waits.computeIfAbsent(antenna, number -> new Waiting(name, number, wireLog)));
        waits.forEach((antenna, waiting) -> waiting.look(now, awaited.contains(antenna)));
    }
}
