package org.matgate.gateway.uplink;

import java.util.ArrayList;
import java.util.List;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamCodec;
import org.matgate.protocol.stream.StreamMessage.Events;

/**
 * Entries cut into messages: runs without a gap, of a bounded number of events and bytes.
 *
 * @param messages in order
 * @param bytes at most so many bytes altogether
 * @param tooLarge entries that fit no message at all
 */
record Batches(List<Events> messages, long bytes, SeqRanges tooLarge) {
    /** Where a batch is cut; it takes a second at 2 Mbit/s, and the next live event may have to wait behind it. */
    static final int TARGET_BYTES = 256 * 1024;

    /** What a message may need beside its events. */
    private static final int ENVELOPE_BYTES = 1024;

    Batches {
        messages = List.copyOf(messages);
    }

    /**
     * The entries whose seqs are wanted.
     *
     * @param entries ascending
     * @param maxEvents the most events in one message
     * @param room the most events in all
     */
    static Batches of(JournalId journal, List<Entry> entries, SeqRanges wanted, int maxEvents, long room) {
        Cutter cutter = new Cutter(journal, maxEvents);
        long left = room;
        for (Entry entry : entries) {
            if (left == 0) {
                break;
            }
            if (wanted.contains(entry.seq())) {
                left -= cutter.add(entry) ? 1 : 0;
            }
        }
        cutter.cut();
        return new Batches(cutter.messages, cutter.bytes, cutter.tooLarge);
    }

    private static final class Cutter {
        private final JournalId journal;
        private final int maxEvents;
        private final List<Events> messages = new ArrayList<>();
        private long bytes;
        private SeqRanges tooLarge = SeqRanges.EMPTY;

        private List<Event> run = new ArrayList<>();
        private long runFirst;
        private long runBytes;

        Cutter(JournalId journal, int maxEvents) {
            this.journal = journal;
            this.maxEvents = Math.min(maxEvents, Events.MAX_EVENTS);
        }

        boolean add(Entry entry) {
            int size = EventSize.atMost(entry.event());
            if (size + ENVELOPE_BYTES > StreamCodec.MAX_MESSAGE_BYTES) {
                tooLarge = tooLarge.plus(entry.seq(), entry.seq());
                return false;
            }
            boolean follows = entry.seq() == runFirst + run.size();
            if (!follows || run.size() == maxEvents || runBytes + size > TARGET_BYTES) {
                cut();
            }
            if (run.isEmpty()) {
                runFirst = entry.seq();
            }
            run.add(entry.event());
            runBytes += size;
            bytes += size;
            return true;
        }

        void cut() {
            if (!run.isEmpty()) {
                messages.add(new Events(journal, runFirst, run));
            }
            run = new ArrayList<>();
            runBytes = 0;
        }
    }
}
