package org.matgate.protocol.receiver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamMessage.Events;

/**
 * Which seqs of one journal the engine holds durably. Immutable: what was received becomes the ledger only once it is
 * stored.
 */
record Ledger(JournalId journal, SeqRanges held) {
    /**
     * What received runs come to.
     *
     * @param fresh the entries that the engine lacks, ascending, each seq once
     * @param received every seq that was in the runs: what may be acknowledged once {@code fresh} is stored
     * @param duplicates how many events came that the engine holds, or that came twice
     */
    record Intake(List<Entry> fresh, SeqRanges received, long duplicates, LedgerDelta delta) {
        Ledger after() {
            return new Ledger(delta.journal(), delta.after());
        }
    }

    /** Sorts these runs, all of this journal, into what is new and what is here. */
    Intake take(List<Events> runs) {
        List<Entry> fresh = new ArrayList<>();
        SeqRanges seen = held;
        SeqRanges received = SeqRanges.EMPTY;
        long events = 0;
        for (Events run : runs) {
            // Most runs are new as a whole, or not at all: asked once a range, not once an event.
            SeqRanges lacking = SeqRanges.of(run.firstSeq(), run.lastSeq()).minus(seen);
            for (SeqRanges.Range range : lacking.ranges()) {
                for (long seq = range.first(); seq <= range.last(); seq++) {
                    fresh.add(new Entry(seq, run.events().get((int) (seq - run.firstSeq()))));
                }
            }
            seen = seen.plus(lacking);
            received = received.plus(run.firstSeq(), run.lastSeq());
            events += run.events().size();
        }
        fresh.sort(Comparator.comparingLong(Entry::seq));
        return new Intake(fresh, received, events - fresh.size(), new LedgerDelta(journal, held, seen));
    }

    /** The change that takes these seqs out. */
    LedgerDelta without(SeqRanges seqs) {
        return new LedgerDelta(journal, held, held.minus(seqs));
    }
}
