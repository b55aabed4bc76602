package org.matgate.gateway.uplink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamMessage;
import org.matgate.protocol.stream.StreamMessage.Ack;
import org.matgate.protocol.stream.StreamMessage.Events;
import org.matgate.protocol.stream.StreamMessage.Hello;
import org.matgate.protocol.stream.StreamMessage.JournalHeld;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;
import org.matgate.protocol.stream.StreamMessage.Resend;
import org.matgate.protocol.stream.StreamMessage.Welcome;

/** An engine with a durable store, between two queues that a lost connection empties. */
final class ModelEngine {
    final Map<JournalId, NavigableMap<Long, Event>> stored = new HashMap<>();
    final Deque<StreamMessage> toEngine = new ArrayDeque<>();
    final Deque<StreamMessage> toBox = new ArrayDeque<>();

    /** Stored, and not yet acknowledged. */
    private final List<Events> toAcknowledge = new ArrayList<>();

    /** What came over this connection: a box sends nothing twice unless asked. */
    private final Map<JournalId, Set<Long>> sentInSession = new HashMap<>();

    private final Random random;
    private final int window;

    ModelEngine(Random random, int window) {
        this.random = random;
        this.window = window;
    }

    NavigableMap<Long, Event> held(JournalId journal) {
        return stored.computeIfAbsent(journal, id -> new TreeMap<>());
    }

    void connectionLost() {
        toEngine.clear();
        toBox.clear();
        toAcknowledge.clear();
        sentInSession.clear();
    }

    /** Takes one message off the line. */
    void receive() {
        switch (toEngine.poll()) {
            case null -> {}
            case Hello hello ->
                toBox.add(new Welcome(
                        1,
                        "model",
                        hello.journals().stream()
                                .map(JournalSummary::id)
                                .map(id -> new JournalHeld(id, ranges(held(id).keySet()), 0))
                                .toList(),
                        window,
                        0));
            case Events events -> store(events);
            case StreamMessage other -> throw new AssertionError("the box sent " + other);
        }
    }

    private void store(Events events) {
        Set<Long> sent = sentInSession.computeIfAbsent(events.journal(), id -> new HashSet<>());
        for (int i = 0; i < events.events().size(); i++) {
            long seq = events.firstSeq() + i;
            Event event = events.events().get(i);
            if (!sent.add(seq)) {
                throw new AssertionError("seq " + seq + " sent twice in a session");
            }
            if (!event.equals(Fixture.entry(events.journal(), seq).event())) {
                throw new AssertionError("seq " + seq + " came as " + event);
            }
            held(events.journal()).putIfAbsent(seq, event);
        }
        toAcknowledge.add(events);
    }

    /** Acknowledges a part of what is stored, in any order. */
    void acknowledge() {
        if (!toAcknowledge.isEmpty()) {
            Events events = toAcknowledge.remove(random.nextInt(toAcknowledge.size()));
            long middle = random.nextLong(events.firstSeq(), events.lastSeq() + 1);
            if (middle < events.lastSeq()) {
                toBox.add(new Ack(events.journal(), SeqRanges.of(middle + 1, events.lastSeq())));
            }
            toBox.add(new Ack(events.journal(), SeqRanges.of(events.firstSeq(), middle)));
        }
    }

    /** Forgets some of what it holds and asks for it again. */
    void resend(JournalId journal) {
        NavigableMap<Long, Event> held = held(journal);
        if (held.isEmpty() || !welcomed()) {
            return;
        }
        while (!toAcknowledge.isEmpty()) {
            acknowledge();
        }
        long first = held.ceilingKey(random.nextLong(held.firstKey(), held.lastKey() + 1));
        long last = first + random.nextInt(50);
        Set<Long> forgotten = new HashSet<>(held.subMap(first, last + 1).keySet());
        held.keySet().removeAll(forgotten);
        sentInSession.getOrDefault(journal, new HashSet<>()).removeAll(forgotten);
        toBox.add(new Resend(journal, ranges(forgotten)));
    }

    private boolean welcomed() {
        return !sentInSession.isEmpty();
    }

    boolean idle() {
        return toEngine.isEmpty() && toBox.isEmpty() && toAcknowledge.isEmpty();
    }

    static SeqRanges ranges(Set<Long> seqs) {
        return SeqRanges.of(
                seqs.stream().map(seq -> new SeqRanges.Range(seq, seq)).toList());
    }
}
