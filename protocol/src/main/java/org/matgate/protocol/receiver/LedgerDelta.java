package org.matgate.protocol.receiver;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.SeqRanges.Range;

/**
 * How the ledger of one journal changes. A store that keeps one row a range deletes the rows {@link #gone} and inserts
 * the rows {@link #come}; one that keeps the ledger as a whole writes {@link #after}.
 *
 * @param before what the ledger says
 * @param after what it is to say
 */
public record LedgerDelta(JournalId journal, SeqRanges before, SeqRanges after) {
    /** The ranges that are in {@code before} as they are and not in {@code after}, ascending. */
    public List<Range> gone() {
        return difference(before, after);
    }

    /** The ranges that are in {@code after} as they are and not in {@code before}, ascending. */
    public List<Range> come() {
        return difference(after, before);
    }

    private static List<Range> difference(SeqRanges these, SeqRanges others) {
        Set<Range> known = new HashSet<>(others.ranges());
        return these.ranges().stream().filter(range -> !known.contains(range)).toList();
    }

    /** Names the change, not the whole. */
    @Override
    public String toString() {
        return "LedgerDelta[journal " + journal + ", gone " + gone() + ", come " + come() + "]";
    }
}
