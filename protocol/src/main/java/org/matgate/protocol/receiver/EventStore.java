package org.matgate.protocol.receiver;

import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;

/**
 * Where an engine keeps events, and its ledger: which seqs of each journal it holds. Both change in one transaction, so
 * that after any crash the ledger tells exactly which events are there; that is what makes delivery exactly once.
 *
 * <p>The server calls off its event loop, for one journal by one thread at a time, for several journals at once. A call
 * may take its time: only boxes of that journal wait. What it throws is logged, the session is refused with
 * {@code STORE}, nothing is acknowledged, and the ledger is read anew when the box comes back.
 */
public interface EventStore {
    /** The seqs of {@code journal} that the store holds durably; none for a journal that it never saw. */
    SeqRanges held(JournalId journal) throws Exception;

    /**
     * Stores the batch and the change of the ledger in one transaction; returns once both are durable. What the store
     * already holds has been taken out of the batch, so an entry that is there already is a fault, to be thrown.
     */
    void store(Batch batch, LedgerDelta delta) throws Exception;

    /**
     * Drops the events that {@code delta} takes away, where they are there, together with their entry in the ledger, in
     * one transaction: they will be sent again.
     */
    void forget(LedgerDelta delta) throws Exception;

    /**
     * The seqs of those events of {@code journal} that the store holds and whose time is from {@code fromUtcNanos} on and
     * before {@code untilUtcNanos}: the time as it is known by now, where the store restates times, else as believed when
     * the event was taken. Only for {@link ReadStreamServer#resend(JournalId, long, long)}.
     */
    default SeqRanges between(JournalId journal, long fromUtcNanos, long untilUtcNanos) throws Exception {
        throw new UnsupportedOperationException("this store does not find events by their time");
    }
}
