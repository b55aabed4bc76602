package org.matgate.gateway.uplink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.matgate.gateway.journal.JournalView;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;

/** A journal in memory; tells of commits on the committing thread. */
final class FakeJournal implements JournalView {
    private final LinkedHashMap<JournalId, List<Entry>> journals = new LinkedHashMap<>();
    private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
    private boolean failing;

    FakeJournal() {
        begin(Fixture.NOW);
    }

    /** A new current journal. */
    synchronized void begin(JournalId id) {
        journals.put(id, new ArrayList<>());
    }

    /** Appends so many reads to the current journal. */
    void commit(int count) {
        JournalId id;
        List<Entry> run;
        synchronized (this) {
            id = current();
            List<Entry> entries = journals.computeIfAbsent(id, missing -> new ArrayList<>());
            run = Fixture.entries(id, entries.size() + 1L, entries.size() + count);
            entries.addAll(run);
        }
        listeners.forEach(listener -> listener.committed(id, run));
    }

    /** So many reads of an older journal are there, saved from a damaged file. */
    void save(JournalId id, int count) {
        synchronized (this) {
            journals.putFirst(id, Fixture.entries(id, 1, count));
        }
        listeners.forEach(CommitListener::saved);
    }

    private JournalId current() {
        return new ArrayList<>(journals.keySet()).getLast();
    }

    /** Whether reading fails from now on. */
    synchronized void failing(boolean is) {
        failing = is;
    }

    int subscribers() {
        return listeners.size();
    }

    @Override
    public synchronized List<JournalSummary> journals() {
        List<JournalSummary> summaries = new ArrayList<>();
        journals.forEach((id, entries) -> summaries.addFirst(new JournalSummary(id, 1, entries.size())));
        return summaries;
    }

    @Override
    public synchronized List<Entry> read(JournalId journal, long firstSeq, long lastSeq, int most) throws IOException {
        if (failing) {
            throw new IOException("disk I/O error");
        }
        return journals.getOrDefault(journal, List.of()).stream()
                .filter(entry -> entry.seq() >= firstSeq && entry.seq() <= lastSeq)
                .limit(most)
                .toList();
    }

    @Override
    public AutoCloseable subscribe(CommitListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
