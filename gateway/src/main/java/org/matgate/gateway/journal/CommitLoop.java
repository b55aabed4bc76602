package org.matgate.gateway.journal;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.matgate.gateway.pulse.Pulse;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes the journal: whatever is queued when the last commit is done goes into the next. A commit that
 * fails is tried again until it succeeds; the intake fills meanwhile.
 */
final class CommitLoop {
    /** The most events of one commit, and so of one run that listeners are told: one batch of the read stream. */
    static final int MOST_EVENTS = 4096;

    private static final Duration RETRY_INTERVAL = Duration.ofMillis(500);

    /** In the reserve a commit takes no more, so that what is kept of it can be left; a longer batch is parted. */
    private static final int MOST_IN_RESERVE = 1024;

    /** When no events come what else is to be done is looked for so often; when the disk is full, commits are so far apart. */
    private static final long UPKEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * Between two commits in the reserve, each of which takes some of its pages; what comes meanwhile a kill would take, and
     * that is to be no more than a quarter of a second of it.
     */
    private static final long RESERVE_NANOS = Duration.ofMillis(100).toNanos();

    /**
     * The longest that a commit may take before it is taken for stuck. A card at its worst stalls for many seconds, and the
     * kernel gives a request to a disk 30 s and tries again; what a restart would take then is all that waits in the intake,
     * and the disk would be no quicker. Only beyond 120 s does the kernel, too, call a task hung.
     */
    private static final Duration LONGEST_COMMIT = Duration.ofMinutes(2);

    private static final Logger log = LoggerFactory.getLogger(CommitLoop.class);

    private final WriterKeeper keeper;
    private final Intake intake;
    private final Upkeep upkeep;
    private final long commitIntervalNanos;
    private final List<JournalView.CommitListener> listeners = new CopyOnWriteArrayList<>();
    private final Trouble commitTrouble = new Trouble(log, "journal cannot be written, trying again until it can");
    private final Trouble listenerTrouble = new Trouble(log, "a listener to commits failed");
    private final CountDownLatch abandoned = new CountDownLatch(1);
    private final Thread thread;
    private final Pulse pulse = new Pulse("the journal's writer", LONGEST_COMMIT);

    /** Taken out to be written before what waits. */
    private final List<Event> ahead = new ArrayList<>();

    CommitLoop(WriterKeeper keeper, Intake intake, Upkeep upkeep, Duration commitInterval) {
        this.keeper = keeper;
        this.intake = intake;
        this.upkeep = upkeep;
        commitIntervalNanos = commitInterval.toNanos();
        thread = Thread.ofPlatform().name("journal").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Beats once a second at least, also when nothing comes and when a commit fails and is tried again. */
    Pulse pulse() {
        return pulse;
    }

    /** Why nothing can be committed at present. */
    Optional<String> trouble() {
        return commitTrouble.present();
    }

    AutoCloseable subscribe(JournalView.CommitListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * Waits until what is queued is committed and the journal marked as cleanly closed. The intake must be closed before.
     *
     * @param patience how long to wait for that before what is queued is given up
     * @param grace how long to wait then for a commit in progress
     * @return false if the thread still runs: then nothing that it uses may be closed
     */
    boolean stop(Duration patience, Duration grace) {
        try {
            if (thread.join(patience)) {
                return true;
            }
            abandoned.countDown();
            return thread.join(grace);
        } catch (InterruptedException e) {
            abandoned.countDown();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        List<Event> batch = new ArrayList<>(MOST_EVENTS);
        pulse.beat();
        try {
            // What an earlier process left of the reserve must be known before the first commit.
            upkeep();
            while (intake.take(batch, most(), upkeep.hurried() ? 1 : UPKEEP_NANOS)) {
                pulse.beat();
                // What was to go ahead of a commit that did then succeed.
                batch.addAll(0, ahead);
                ahead.clear();
                int events = batch.size();
                if ((events > 0 || keeper.wantsAnew()) && !commit(batch)) {
                    return;
                }
                if (upkeep.due(events)) {
                    upkeep();
                }
                intake.linger(
                        upkeep.inReserve() ? Math.max(RESERVE_NANOS, commitIntervalNanos) : commitIntervalNanos,
                        most());
            }
            if (!ahead.isEmpty() && !commitLast()) {
                return;
            }
            upkeep.close();
            if (keeper.markClosed()) {
                upkeep.closed();
            }
        } catch (SQLException | IOException e) {
            log.warn("journal cannot be marked as closed; it stays as after a kill", e);
        } catch (InterruptedException e) {
            log.error("journal's thread was interrupted, which nobody should do", e);
        }
    }

    /** Commits all these and tells of it, however long it takes; false if it was given up. */
    private boolean commit(List<Event> batch) throws InterruptedException {
        do {
            while (!attempt(batch)) {
                if (abandoned.await(RETRY_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                    log.error("{} events and what waited behind them could not be written in time", batch.size());
                    return false;
                }
                commitAhead();
            }
        } while (!batch.isEmpty());
        return true;
    }

    private boolean commitLast() throws InterruptedException {
        List<Event> last = new ArrayList<>(ahead);
        ahead.clear();
        return commit(last);
    }

    private int most() {
        return upkeep.inReserve() ? MOST_IN_RESERVE : MOST_EVENTS;
    }

    /** What must be on disk before what waits, which finds no room there; some is kept for this. */
    private void commitAhead() {
        intake.takeAhead(ahead);
        try {
            if (!ahead.isEmpty()) {
                tell(keeper.settle());
                tell(keeper.append(ahead, ahead.size()));
            }
        } catch (SQLException | IOException | RuntimeException e) {
            log.debug("{} events that were to be told at once wait", ahead.size(), e);
            keeper.failed(e);
        }
    }

    /** Commits as many of these as may go together, and tells of them; false if they are not known to be on disk. */
    private boolean attempt(List<Event> batch) {
        pulse.beat();
        try {
            tell(keeper.settle());
            int events = Math.min(batch.size(), most());
            if (!upkeep.roomFor(keeper.writer(), events)) {
                throw new SQLException(
                        "database or disk is full; the rest of the reserve is kept for the count of what is lost",
                        null,
                        Store.FULL);
            }
            tell(keeper.append(batch, events));
            commitTrouble.over();
            return true;
        } catch (SQLException | IOException | RuntimeException e) {
            commitTrouble.failed(e);
            keeper.failed(e);
            upkeep.anew();
            if (e instanceof SQLException sql && Store.isFull(sql)) {
                upkeep.full();
            }
            return false;
        }
    }

    private void upkeep() {
        try {
            if (upkeep.step(keeper.writer())) {
                tell(JournalView.CommitListener::saved);
            }
        } catch (SQLException | IOException | RuntimeException e) {
            upkeep.failed(e);
            keeper.failed(e);
        }
    }

    private void tell(List<Entry> entries) {
        if (!entries.isEmpty()) {
            JournalId journal = keeper.journal();
            List<Entry> run = Collections.unmodifiableList(entries);
            tell(listener -> listener.committed(journal, run));
        }
    }

    private void tell(Consumer<JournalView.CommitListener> what) {
        for (JournalView.CommitListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException e) {
                listenerTrouble.failed(e);
            }
        }
    }
}
