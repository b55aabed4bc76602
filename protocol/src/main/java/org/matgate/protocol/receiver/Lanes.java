package org.matgate.protocol.receiver;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.JournalId;

/** The journals that sessions feed at the moment, and what they share. On the event loop. */
final class Lanes {
    private final Map<JournalId, JournalLane> lanes = new HashMap<>();
    private final EventStore store;
    private final OffLoop offLoop;
    private final Limits limits;
    private final Tally tally;

    Lanes(EventStore store, OffLoop offLoop, Limits limits, Tally tally) {
        this.store = store;
        this.offLoop = offLoop;
        this.limits = limits;
        this.tally = tally;
    }

    JournalLane open(JournalId journal) {
        return lanes.computeIfAbsent(journal, id -> new JournalLane(id, this));
    }

    @Nullable JournalLane find(JournalId journal) {
        return lanes.get(journal);
    }

    void remove(JournalLane lane) {
        lanes.remove(lane.journal(), lane);
    }

    EventStore store() {
        return store;
    }

    OffLoop offLoop() {
        return offLoop;
    }

    Limits limits() {
        return limits;
    }

    Tally tally() {
        return tally;
    }
}
