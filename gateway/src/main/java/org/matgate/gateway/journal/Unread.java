package org.matgate.gateway.journal;

import java.util.HashMap;
import java.util.Map;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;

/** What a command that reads a file once cannot read of it, each event once. Not thread-safe. */
final class Unread implements EventReader.Unreadable {
    private final Map<JournalId, SeqRanges> seqs = new HashMap<>();

    @Override
    public void found(JournalId journal, long firstSeq, long lastSeq, String why) {
        seqs.merge(journal, SeqRanges.of(firstSeq, lastSeq), SeqRanges::plus);
    }

    /** What the disk does not give is told like what is damaged: the rest is to be had all the same. */
    @Override
    public boolean asksAgain() {
        return false;
    }

    SeqRanges of(JournalId journal) {
        return seqs.getOrDefault(journal, SeqRanges.EMPTY);
    }
}
