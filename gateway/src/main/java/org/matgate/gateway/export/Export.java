package org.matgate.gateway.export;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.matgate.gateway.journal.JournalFile;
import org.matgate.gateway.journal.JournalRow;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.UtcTimeline;

/**
 * Brings events from the file to an exporter, page by page, so that a million takes no more memory than a thousand and
 * nobody waits for it. Not thread-safe.
 */
public final class Export {
    /**
     * Which events are wanted.
     *
     * @param journals as they were when the export began: what is committed later is not in it
     * @param firstSeq from this seq on, in each of them
     * @param lastSeq to this one
     * @param fromUtcNanos from this time on
     * @param untilUtcNanos before this one
     * @param readsOnly only reads
     */
    public record Wanted(
            List<JournalRow> journals,
            long firstSeq,
            long lastSeq,
            long fromUtcNanos,
            long untilUtcNanos,
            boolean readsOnly) {
        public Wanted {
            journals = List.copyOf(journals);
        }

        /** How many events there are to look at, at most. */
        public long events() {
            return journals.stream()
                    .mapToLong(journal -> Math.max(0, last(journal) - first(journal) + 1))
                    .sum();
        }

        private long first(JournalRow journal) {
            return Math.max(firstSeq, journal.firstSeq());
        }

        private long last(JournalRow journal) {
            return Math.min(lastSeq, journal.lastSeq());
        }

        private boolean byTime() {
            return fromUtcNanos != Long.MIN_VALUE || untilUtcNanos != Long.MAX_VALUE;
        }
    }

    /**
     * What came of it.
     *
     * @param written events
     * @param timeUnknown events of which nobody can say whether they lie in the time that is wanted: left out
     * @param missing seqs that are not there: deleted meanwhile, or lost
     * @param damaged seqs of which the events cannot be read, by journal
     * @param lostPieces the same of what told of the clock, also in journals that are not wanted
     */
    public record Outcome(
            long written,
            long timeUnknown,
            long missing,
            Map<JournalId, SeqRanges> damaged,
            Map<JournalId, SeqRanges> lostPieces) {
        public Outcome {
            damaged = Collections.unmodifiableMap(new LinkedHashMap<>(damaged));
            lostPieces = Collections.unmodifiableMap(new LinkedHashMap<>(lostPieces));
        }
    }

    private final JournalFile file;
    private final Wanted wanted;
    private final Exporter exporter;
    private final LongConsumer seen;
    private final UtcTimeline timeline;
    private final Map<JournalId, SeqRanges> damaged = new LinkedHashMap<>();
    private final Map<JournalId, SeqRanges> lostPieces = new LinkedHashMap<>();
    private long looked;
    private long written;
    private long timeUnknown;

    private Export(JournalFile file, Wanted wanted, Exporter exporter, LongConsumer seen) throws IOException {
        this.file = file;
        this.wanted = wanted;
        this.exporter = exporter;
        this.seen = seen;
        timeline = file.timeline((journal, seq) -> lostPieces.merge(journal, SeqRanges.of(seq, seq), SeqRanges::plus));
    }

    /**
     * Writes all that is wanted, journal by journal in the order of their seqs, each event once.
     *
     * @param seen is told how many events have been looked at by now
     * @throws IOException if the file cannot be read or the exporter not write
     */
    public static Outcome run(JournalFile file, Wanted wanted, Exporter exporter, LongConsumer seen)
            throws IOException {
        Export export = new Export(file, wanted, exporter, seen);
        exporter.begin();
        for (JournalRow journal : wanted.journals()) {
            export.journal(journal);
        }
        return export.outcome();
    }

    private Outcome outcome() {
        long unread = damaged.values().stream().mapToLong(SeqRanges::size).sum();
        return new Outcome(written, timeUnknown, wanted.events() - looked - unread, damaged, lostPieces);
    }

    private void journal(JournalRow journal) throws IOException {
        pages(journal);
        SeqRanges unreadable = file.unreadable(journal);
        if (!unreadable.isEmpty()) {
            damaged.put(journal.id(), unreadable);
        }
    }

    private void pages(JournalRow journal) throws IOException {
        long last = wanted.last(journal);
        for (long next = wanted.first(journal); next <= last; ) {
            List<Entry> page = file.page(journal, next, last);
            if (page.isEmpty()) {
                return;
            }
            for (Entry entry : page) {
                entry(journal, entry);
            }
            seen.accept(looked);
            next = page.getLast().seq() + 1;
        }
    }

    private void entry(JournalRow journal, Entry entry) throws IOException {
        looked++;
        if (wanted.readsOnly() && !(entry.event() instanceof Event.TagRead)) {
            return;
        }
        Stamp known = timeline.restate(entry.event().stamp());
        if (wanted.byTime() && !known.synchronised()) {
            timeUnknown++;
            return;
        }
        boolean inTime = known.utcNanos() >= wanted.fromUtcNanos() && known.utcNanos() < wanted.untilUtcNanos();
        if ((!wanted.byTime() || inTime)
                && exporter.write(new Exported(journal, entry, known, timeline.source(known)))) {
            written++;
        }
    }
}
