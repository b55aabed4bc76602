package org.matgate.gateway.journal;

import java.io.IOException;
import java.util.List;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;

/** What the journal holds durably, for those who deliver or export it. Thread-safe. */
public interface JournalView {
    /**
     * The journals, the current one first, the others from the newest to the oldest. As long as some are being saved from a
     * damaged file only the current one: what is there of the others is not yet what they have.
     */
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

    /** Hears of commits. */
    @FunctionalInterface
    interface CommitListener {
        /** These entries, a run without a gap, are on disk. */
        void committed(JournalId journal, List<Entry> entries);

        /** What could be saved of a damaged file is there: {@link JournalView#journals} names journals that it did not name before. */
        default void saved() {}
    }
}
