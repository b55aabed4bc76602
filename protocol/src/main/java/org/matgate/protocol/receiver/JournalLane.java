package org.matgate.protocol.receiver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.receiver.Ledger.Intake;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamMessage.Events;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;

/**
 * One journal on its way into the store: at most one call to the store at a time, at most one session that feeds it. A
 * newer session takes over at once, but is ready only when the call that the older one caused has returned. On the event
 * loop.
 */
final class JournalLane {
    /**
     * Of one call to the store, unless a single run has more: some milliseconds, so that a live event does not wait long for
     * the call before its own, and a box is told what is stored before all that it may send is under way.
     */
    static final int MOST_EVENTS_A_CALL = 1024;

    private record ResendRequest(SeqRanges ranges, CompletableFuture<SeqRanges> asked) {}

    private final JournalId journal;
    private final Lanes lanes;
    private final Deque<Events> waiting = new ArrayDeque<>();
    private final Deque<ResendRequest> resends = new ArrayDeque<>();
    private @Nullable Session owner;
    /** Null until read, and after a failure: nobody then knows what the store holds. */
    private @Nullable Ledger ledger;

    private boolean busy;

    /** Whether the last call to the store was of what is live, and left the past waiting. */
    private boolean liveWasLast;

    /** What the box says that it has, so that nothing is dropped here that cannot be sent again. */
    private SeqRanges atBox = SeqRanges.EMPTY;

    JournalLane(JournalId journal, Lanes lanes) {
        this.journal = journal;
        this.lanes = lanes;
    }

    JournalId journal() {
        return journal;
    }

    SeqRanges held() {
        return ledger == null ? SeqRanges.EMPTY : ledger.held();
    }

    /** The session feeds this journal from now on; {@link Session#ready} follows. An older session ends. */
    void attach(Session newer, JournalSummary summary) {
        Session older = owner;
        owner = newer;
        waiting.clear();
        atBox = summary.firstSeq() >= 1
                        && summary.lastSeq() >= summary.firstSeq()
                        && summary.lastSeq() <= SeqRanges.MAX_SEQ
                ? SeqRanges.of(summary.firstSeq(), summary.lastSeq())
                : SeqRanges.EMPTY;
        if (older != null && older != newer) {
            older.superseded(newer);
        }
        step();
    }

    /** The session has ended. What it sent and is not yet on its way to the store is dropped: it will come again. */
    void detach(Session session) {
        if (owner == session) {
            owner = null;
            waiting.clear();
            step();
        }
    }

    void offer(Events run) {
        waiting.add(run);
        atBox = atBox.plus(run.firstSeq(), run.lastSeq());
        step();
    }

    /** Takes the seqs out of the ledger as far as the box has them, and asks for them again. */
    void resend(SeqRanges ranges, CompletableFuture<SeqRanges> asked) {
        resends.add(new ResendRequest(ranges, asked));
        step();
    }

    private void step() {
        while (!busy) {
            Session session = owner;
            if (session == null) {
                resends.forEach(request -> request.asked()
                        .completeExceptionally(new IllegalStateException("journal " + journal + ": its box has left")));
                resends.clear();
                lanes.remove(this);
                return;
            }
            Ledger known = ledger;
            if (known == null) {
                readLedger(session);
                return;
            }
            session.ready(this);
            ResendRequest request = resends.poll();
            if (request != null) {
                forget(known, request, session);
            } else if (waiting.isEmpty()) {
                return;
            } else {
                store(known, session);
            }
        }
    }

    private void readLedger(Session session) {
        busy = true;
        lanes.offLoop()
                .run(
                        () -> new Ledger(journal, lanes.store().held(journal)),
                        read -> {
                            busy = false;
                            ledger = read;
                            step();
                        },
                        e -> failed(session, "read the ledger of journal " + journal, e));
    }

    private void store(Ledger known, Session session) {
        Intake intake = known.take(group(known.held(), session));
        if (intake.fresh().isEmpty()) {
            acknowledge(session, intake);
            return;
        }
        busy = true;
        Batch batch = new Batch(session.hello().box(), session.hello().bootId(), journal, intake.fresh());
        lanes.offLoop()
                .run(
                        () -> {
                            lanes.store().store(batch, intake.delta());
                            return intake.after();
                        },
                        after -> {
                            busy = false;
                            ledger = after;
                            acknowledge(session, intake);
                            step();
                        },
                        e -> failed(
                                session,
                                "store " + batch.entries().size() + " events of journal " + journal + ", seq "
                                        + batch.entries().getFirst().seq() + " to "
                                        + batch.entries().getLast().seq(),
                                e));
    }

    /**
     * What waits, up to a bound, so that a store that is slow to commit commits more at a time. What is live, which is what
     * begins behind all that is held, goes first and by itself: somebody waits for it. But not twice in a row while the
     * past waits, or a busy mat would hold that up for good.
     */
    private List<Events> group(SeqRanges held, Session session) {
        List<Events> group = new ArrayList<>();
        if (!liveWasLast) {
            take(run -> run.firstSeq() > held.last(), group, session);
        }
        liveWasLast = !group.isEmpty() && !waiting.isEmpty();
        if (group.isEmpty()) {
            take(run -> true, group, session);
        }
        return group;
    }

    private void take(Predicate<Events> which, List<Events> group, Session session) {
        int events = 0;
        for (Iterator<Events> runs = waiting.iterator(); runs.hasNext() && events < MOST_EVENTS_A_CALL; ) {
            Events run = runs.next();
            if (which.test(run)) {
                runs.remove();
                session.taken(run);
                group.add(run);
                events += run.events().size();
            }
        }
    }

    private void acknowledge(Session session, Intake intake) {
        lanes.tally().storeCalls.add(intake.fresh().isEmpty() ? 0 : 1);
        lanes.tally().stored.add(intake.fresh().size());
        lanes.tally().duplicates.add(intake.duplicates());
        session.acknowledge(journal, intake.received());
    }

    private void forget(Ledger known, ResendRequest request, Session session) {
        SeqRanges again = request.ranges().intersect(known.held()).intersect(atBox);
        if (again.isEmpty()) {
            request.asked().complete(again);
            return;
        }
        busy = true;
        LedgerDelta delta = known.without(again);
        lanes.offLoop()
                .run(
                        () -> {
                            lanes.store().forget(delta);
                            return new Ledger(journal, delta.after());
                        },
                        after -> {
                            busy = false;
                            ledger = after;
                            session.sendAgain(journal, again);
                            request.asked().complete(again);
                            step();
                        },
                        e -> {
                            request.asked().completeExceptionally(e);
                            failed(session, "forget seq " + again + " of journal " + journal, e);
                        });
    }

    private void failed(Session session, String what, Throwable e) {
        busy = false;
        ledger = null;
        lanes.tally().storeFailures.increment();
        // If a newer session waits, it is not to blame: step() reads the ledger for it.
        session.storeFailed(what, e);
        step();
    }
}
