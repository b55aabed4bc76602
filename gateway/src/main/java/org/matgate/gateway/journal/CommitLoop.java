package org.matgate.gateway.journal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

    private static final Logger log = LoggerFactory.getLogger(CommitLoop.class);

    /** Opens the writer, again after each failure. */
    interface WriterOpener {
        EventWriter open() throws SQLException;
    }

    private final JournalId journal;
    private final Intake intake;
    private final WriterOpener opener;
    private final long commitIntervalNanos;
    private final List<JournalView.CommitListener> listeners = new CopyOnWriteArrayList<>();
    private final Trouble commitTrouble = new Trouble(log, "journal cannot be written, trying again until it can");
    private final Trouble listenerTrouble = new Trouble(log, "a listener to commits failed");
    private final CountDownLatch abandoned = new CountDownLatch(1);
    private final Thread thread;
    private @Nullable EventWriter writer;
    private long lastSeq;
    private volatile long committedSeq;

    /** Takes over the writer. */
    CommitLoop(JournalId journal, Intake intake, EventWriter writer, WriterOpener opener, Duration commitInterval)
            throws SQLException {
        this.journal = journal;
        this.intake = intake;
        this.writer = writer;
        this.opener = opener;
        commitIntervalNanos = commitInterval.toNanos();
        lastSeq = writer.lastSeq();
        committedSeq = lastSeq;
        thread = Thread.ofPlatform().name("journal").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Why nothing can be committed at present. */
    Optional<String> trouble() {
        return commitTrouble.present();
    }

    /** The last seq on disk, 0 while there is none. Thread-safe. */
    long committedSeq() {
        return committedSeq;
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

    /** To be called once the thread has stopped. */
    void closeWriter() {
        EventWriter closing = writer;
        writer = null;
        try {
            if (closing != null) {
                closing.close();
            }
        } catch (SQLException e) {
            log.debug("closing a writer that had failed", e);
        }
    }

    private void run() {
        List<Event> batch = new ArrayList<>(MOST_EVENTS);
        try {
            while (intake.take(batch, MOST_EVENTS)) {
                List<Entry> entries = numbered(batch);
                while (!commit(entries)) {
                    if (abandoned.await(RETRY_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                        log.error("{} events and what waited behind them could not be written in time", entries.size());
                        return;
                    }
                }
                lastSeq += entries.size();
                committedSeq = lastSeq;
                tell(entries);
                batch.clear();
                intake.linger(commitIntervalNanos, MOST_EVENTS);
            }
            openWriter().markClosed();
        } catch (SQLException e) {
            log.warn("journal cannot be marked as closed; it stays as after a kill", e);
        } catch (InterruptedException e) {
            log.error("journal's thread was interrupted, which nobody should do", e);
        }
    }

    private List<Entry> numbered(List<Event> events) {
        List<Entry> entries = new ArrayList<>(events.size());
        for (Event event : events) {
            entries.add(new Entry(lastSeq + 1 + entries.size(), event));
        }
        return Collections.unmodifiableList(entries);
    }

    /** Whether these are on disk now. */
    private boolean commit(List<Entry> entries) {
        try {
            boolean fresh = writer == null;
            EventWriter open = openWriter();
            // A commit may report a failure after it reached the disk.
            if (!fresh || !committedBefore(open, entries)) {
                open.append(entries);
            }
            commitTrouble.over();
            return true;
        } catch (SQLException | RuntimeException e) {
            commitTrouble.failed(e);
            closeWriter();
            return false;
        }
    }

    private boolean committedBefore(EventWriter open, List<Entry> entries) throws SQLException {
        long onDisk = open.lastSeq();
        if (onDisk != lastSeq && onDisk != lastSeq + entries.size()) {
            throw new IllegalStateException("journal " + journal + " ends at seq " + onDisk + " on disk, but " + lastSeq
                    + " was committed and " + entries.size() + " are to follow: somebody else writes to it");
        }
        return onDisk != lastSeq;
    }

    private EventWriter openWriter() throws SQLException {
        EventWriter open = writer;
        if (open == null) {
            open = opener.open();
            writer = open;
        }
        return open;
    }

    private void tell(List<Entry> entries) {
        for (JournalView.CommitListener listener : listeners) {
            try {
                listener.committed(journal, entries);
            } catch (RuntimeException e) {
                listenerTrouble.failed(e);
            }
        }
    }
}
