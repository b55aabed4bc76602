package org.matgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.matgate.protocol.receiver.Batch;
import org.matgate.protocol.receiver.EventStore;
import org.matgate.protocol.receiver.LedgerDelta;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.BoxCondition;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;

/** What an engine holds; what it is given again would replace it. */
final class HeldEvents implements EventStore {
    private final Map<JournalId, TreeMap<Long, Event>> events = new LinkedHashMap<>();
    private final Map<JournalId, SeqRanges> ledger = new HashMap<>();

    synchronized Map<Long, Event> events(JournalId journal) {
        return new TreeMap<>(events.getOrDefault(journal, new TreeMap<>()));
    }

    synchronized long count(BoxCondition condition) {
        return events.values().stream()
                .flatMap(journal -> journal.values().stream())
                .filter(event -> event instanceof Event.BoxState state && state.condition() == condition)
                .count();
    }

    synchronized JournalId only() {
        assertThat(events).hasSize(1);
        return events.keySet().iterator().next();
    }

    synchronized JournalId other(JournalId than) {
        assertThat(events).hasSize(2);
        return events.keySet().stream()
                .filter(id -> !id.equals(than))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public synchronized SeqRanges held(JournalId journal) {
        return ledger.getOrDefault(journal, SeqRanges.EMPTY);
    }

    @Override
    public synchronized void store(Batch batch, LedgerDelta delta) {
        TreeMap<Long, Event> journal = events.computeIfAbsent(batch.journal(), id -> new TreeMap<>());
        for (Entry entry : batch.entries()) {
            journal.put(entry.seq(), entry.event());
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
