package org.matgate.gateway.uplink;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.matgate.protocol.receiver.Batch;
import org.matgate.protocol.receiver.EventStore;
import org.matgate.protocol.receiver.LedgerDelta;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;

/** What an engine holds, in memory; survives its server. */
final class MemoryStore implements EventStore {
    private final Map<JournalId, TreeMap<Long, Event>> events = new HashMap<>();
    private final Map<JournalId, SeqRanges> ledger = new HashMap<>();

    synchronized Map<Long, Event> events(JournalId journal) {
        return new TreeMap<>(events.getOrDefault(journal, new TreeMap<>()));
    }

    @Override
    public synchronized SeqRanges held(JournalId journal) {
        return ledger.getOrDefault(journal, SeqRanges.EMPTY);
    }

    @Override
    public synchronized void store(Batch batch, LedgerDelta delta) {
        for (Entry entry : batch.entries()) {
            if (events.computeIfAbsent(batch.journal(), id -> new TreeMap<>()).put(entry.seq(), entry.event())
                    != null) {
                throw new IllegalStateException("seq " + entry.seq() + " stored twice");
            }
        }
        ledger.put(batch.journal(), delta.after());
    }

    @Override
    public synchronized void forget(LedgerDelta delta) {
        events.getOrDefault(delta.journal(), new TreeMap<>())
                .keySet()
                .removeIf(seq -> !delta.after().contains(seq));
        ledger.put(delta.journal(), delta.after());
    }
}
