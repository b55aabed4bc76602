package org.matgate.gateway.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;

/**
 * The latest commits, in memory: an engine that lags by a moment is fed from here, as to read a row takes as long as to
 * write it. Thread-safe.
 */
final class RecentEntries implements JournalView.CommitListener {
    /** Twice what an uplink may have under way; some 4 MB. */
    static final int MOST_EVENTS = 16_384;

    private final Supplier<JournalId> current;
    private final Deque<List<Entry>> commits = new ArrayDeque<>();
    private @Nullable JournalId held;
    private int events;

    /** @param current the journal that is being written; what others get is not kept */
    RecentEntries(Supplier<JournalId> current) {
        this.current = current;
    }

    @Override
    public synchronized void committed(JournalId journal, List<Entry> entries) {
        if (!journal.equals(current.get())) {
            return;
        }
        if (!journal.equals(held)) {
            commits.clear();
            events = 0;
            held = journal;
        }
        commits.add(entries);
        events += entries.size();
        while (events > MOST_EVENTS) {
            events -= commits.remove().size();
        }
    }

    /** These entries, as {@link JournalView#read} has it; empty if the first of them is older, or of another journal. */
    synchronized Optional<List<Entry>> read(JournalId journal, long firstSeq, long lastSeq, int most) {
        if (!journal.equals(held)
                || commits.isEmpty()
                || firstSeq < commits.getFirst().getFirst().seq()) {
            return Optional.empty();
        }
        List<Entry> found = new ArrayList<>();
        for (List<Entry> commit : commits) {
            long first = commit.getFirst().seq();
            long from = Math.max(firstSeq, first);
            long to = Math.min(Math.min(lastSeq, commit.getLast().seq()), from + most - found.size() - 1);
            if (from <= to) {
                found.addAll(commit.subList((int) (from - first), (int) (to - first + 1)));
            }
        }
        return Optional.of(found);
    }
}
