package org.matgate.protocol.receiver;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;

/** A store whose calls can be held up or made to fail. */
final class InMemoryEventStore implements EventStore {
    private final Map<JournalId, TreeMap<Long, Event>> events = new HashMap<>();
    private final Map<JournalId, SeqRanges> ledger = new HashMap<>();
    private final Map<JournalId, Integer> inside = new HashMap<>();
    private int calls;
    private boolean overlapped;
    private boolean failAfterCommit;
    private @Nullable Exception failure;
    private @Nullable CountDownLatch gate;
    private CountDownLatch entered = new CountDownLatch(1);

    /** Calls of store wait from now on until {@link #release}. */
    synchronized void block() {
        gate = new CountDownLatch(1);
        entered = new CountDownLatch(1);
    }

    /** Waits until a call of store is held up. */
    void awaitBlocked() throws InterruptedException {
        CountDownLatch latch;
        synchronized (this) {
            latch = entered;
        }
        if (!latch.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody called the store");
        }
    }

    /** Lets the call that is held up go on, and holds up the next. */
    synchronized void releaseOne() {
        CountDownLatch held = gate;
        block();
        if (held != null) {
            held.countDown();
        }
    }

    synchronized void release() {
        CountDownLatch held = gate;
        gate = null;
        if (held != null) {
            held.countDown();
        }
    }

    /** Calls of store throw this from now on; null: they work again. */
    synchronized void failWith(@Nullable Exception e) {
        failure = e;
    }

    /** Calls of store commit, and then throw, from now on. */
    synchronized void failAfterCommit(boolean fail) {
        failAfterCommit = fail;
    }

    synchronized int calls() {
        return calls;
    }

    /** Whether two calls for one journal ever ran at once. */
    synchronized boolean overlapped() {
        return overlapped;
    }

    synchronized Map<Long, Event> events(JournalId journal) {
        return new TreeMap<>(events.getOrDefault(journal, new TreeMap<>()));
    }

    @Override
    public synchronized SeqRanges held(JournalId journal) {
        overlapped |= inside.getOrDefault(journal, 0) > 0;
        return ledger.getOrDefault(journal, SeqRanges.EMPTY);
    }

    @Override
    public void store(Batch batch, LedgerDelta delta) throws Exception {
        CountDownLatch held;
        synchronized (this) {
            calls++;
            overlapped |= inside.merge(batch.journal(), 1, Integer::sum) > 1;
            held = gate;
            entered.countDown();
        }
        try {
            if (held != null && !held.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("never released");
            }
        } finally {
            synchronized (this) {
                inside.merge(batch.journal(), -1, Integer::sum);
            }
        }
        commit(batch, delta);
    }

    private synchronized void commit(Batch batch, LedgerDelta delta) throws Exception {
        if (failure != null) {
            throw failure;
        }
        if (!ledger.getOrDefault(batch.journal(), SeqRanges.EMPTY).equals(delta.before())) {
            throw new IllegalStateException("ledger " + ledger + "; want " + delta.before());
        }
        TreeMap<Long, Event> journal = events.computeIfAbsent(batch.journal(), unused -> new TreeMap<>());
        for (Entry entry : batch.entries()) {
            if (journal.put(entry.seq(), entry.event()) != null) {
                throw new IllegalStateException("seq " + entry.seq() + " is there already");
            }
        }
        ledger.put(batch.journal(), delta.after());
        if (failAfterCommit) {
            throw new IOException("the answer got lost");
        }
    }

    @Override
    public synchronized void forget(LedgerDelta delta) {
        events.getOrDefault(delta.journal(), new TreeMap<>())
                .keySet()
                .removeIf(seq -> !delta.after().contains(seq));
        ledger.put(delta.journal(), delta.after());
    }
}
