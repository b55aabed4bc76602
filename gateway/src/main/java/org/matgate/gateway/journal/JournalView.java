package org.matgate.gateway.journal;

import java.io.IOException;
import java.util.List;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;

/** What the journal holds durably, for those who deliver or export it. Thread-safe. */
public interface JournalView {
    /** Every journal in the file, the current one first, the others from the newest to the oldest. */
    List<JournalSummary> journals() throws IOException;

    /**
     * The entries with seqs from {@code firstSeq} to {@code lastSeq} that are there, ascending, at most {@code most} of
     * them. Reads the disk: not for an event loop.
     */
    List<Entry> read(JournalId journal, long firstSeq, long lastSeq, int most) throws IOException;

    /**
     * Tells {@code listener} of every commit from now on, on the journal's own thread, in order; it must return at once
     * and not throw.
     *
     * @return closes the subscription
     */
    AutoCloseable subscribe(CommitListener listener);

    /**
     * A commit.
     *
     * @param entries a run without a gap
     */
    record Commit(JournalId journal, List<Entry> entries) {
        public Commit {
            entries = List.copyOf(entries);
        }
    }

    /** Hears of commits. */
    @FunctionalInterface
    interface CommitListener {
        /** These entries, a run without a gap, are on disk. */
        void committed(JournalId journal, List<Entry> entries);
    }
}
