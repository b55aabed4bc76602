package org.matgate.gateway.uplink;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;

/**
 * Commits on their way from the journal's thread to the event loop. Where the loop lags, events are dropped here and only
 * their seqs are told: they are on disk, and are read from there. Thread-safe.
 */
final class CommitHandover {
    /** Half a window: more at once would find no room in it anyway. */
    static final int MOST_EVENTS = 4096;

    /**
     * A commit.
     *
     * @param entries a run without a gap, or empty where there were too many
     */
    record Commit(JournalId journal, long lastSeq, List<Entry> entries) {}

    private List<Commit> waiting = new ArrayList<>();
    private final Map<JournalId, Long> dropped = new LinkedHashMap<>();
    private int events;
    private boolean woken;

    /** Takes a commit; says whether the event loop must be told to {@link #take}. */
    synchronized boolean offer(JournalId journal, List<Entry> entries) {
        long lastSeq = entries.getLast().seq();
        if (events + entries.size() <= MOST_EVENTS) {
            waiting.add(new Commit(journal, lastSeq, entries));
            events += entries.size();
        } else {
            dropped.merge(journal, lastSeq, Math::max);
        }
        boolean wake = !woken;
        woken = true;
        return wake;
    }

    /** Everything that waits; those without entries last. */
    synchronized List<Commit> take() {
        List<Commit> taken = waiting;
        dropped.forEach((journal, lastSeq) -> taken.add(new Commit(journal, lastSeq, List.of())));
        waiting = new ArrayList<>();
        dropped.clear();
        events = 0;
        woken = false;
        return taken;
    }
}
