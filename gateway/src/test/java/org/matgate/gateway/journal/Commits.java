package org.matgate.gateway.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;

/** Collects what a journal tells of commits. */
final class Commits implements JournalView.CommitListener {
    private final List<Entry> entries = new ArrayList<>();
    private final List<Integer> runs = new ArrayList<>();
    private final CountDownLatch go;

    Commits() {
        this(new CountDownLatch(0));
    }

    /** Holds the journal's thread until {@code go} is counted down. */
    Commits(CountDownLatch go) {
        this.go = go;
    }

    @Override
    public void committed(JournalId journal, List<Entry> run) {
        synchronized (this) {
            entries.addAll(run);
            runs.add(run.size());
            notifyAll();
        }
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until so many entries have been told, and gives all that were. */
    synchronized List<Entry> await(int count) throws InterruptedException {
        while (entries.size() < count) {
            wait();
        }
        return List.copyOf(entries);
    }

    synchronized List<Entry> soFar() {
        return List.copyOf(entries);
    }

    /** How many entries each commit had. */
    synchronized List<Integer> runs() {
        return List.copyOf(runs);
    }

    static List<Event> events(List<Entry> entries) {
        return entries.stream().map(Entry::event).toList();
    }

    static List<Long> seqs(List<Entry> entries) {
        return entries.stream().map(Entry::seq).toList();
    }
}
