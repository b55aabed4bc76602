package org.matgate.gateway.uplink;

import java.util.HashMap;
import java.util.Map;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;

/**
 * What this process has sent to any engine. An engine that holds more of a journal, and younger than this process, has it
 * from another box: somebody runs a copy of this one's disk. Engines may have it from each other, so one register serves
 * all. Keeps ranges, not events. Thread-safe.
 */
final class SentRegister {
    private final Map<JournalId, SeqRanges> sent = new HashMap<>();

    synchronized void sent(JournalId journal, long first, long last) {
        sent.merge(journal, SeqRanges.of(first, last), SeqRanges::plus);
    }

    synchronized SeqRanges sent(JournalId journal) {
        return sent.getOrDefault(journal, SeqRanges.EMPTY);
    }
}
