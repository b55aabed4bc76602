package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.EventCodec;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The box's journals in one file, {@code journal.db}, of which the current one takes events. What a listener has been
 * told and what {@link #read} gives is on disk and stays there whatever happens to the process or the power.
 *
 * <p>Events come through a bounded intake and are committed together by one thread, all that wait when the last commit
 * is done. Numbers follow the order in which events were offered. Thread-safe.
 */
public final class Journal implements EventSink, JournalView, AutoCloseable {
    /** A clean close may wait so long for the disk: a stall of five seconds and the commits behind it. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    /** Then a commit in progress may still end. */
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    private final JournalLock lock;
    private final Path file;
    private final Life life;
    private final LastHeard lastHeard;
    private final Intake intake = new Intake();
    private final CommitLoop loop;
    private final EventReader reader;
    private final RecentEntries recent = new RecentEntries();
    private boolean closed;

    /**
     * What to open, and for whom.
     *
     * @param directory the box's data directory; made where it is missing
     * @param box the box's name; another one begins a new journal
     * @param bootId the present boot
     * @param machineId what tells this machine from a copy of its disk; another one begins a new journal
     * @param nowUtcNanos what UTC is believed to be, nanoseconds since 1970; recorded for people
     * @param commitInterval the pause after each commit, which spares an SD card and delays events by as much; 0: none
     */
    public record Opening(
            Path directory, String box, UUID bootId, String machineId, long nowUtcNanos, Duration commitInterval) {
        public Opening {
            if (commitInterval.isNegative()) {
                throw new IllegalArgumentException("commit interval " + commitInterval + "; want 0 or more");
            }
        }
    }

    /** Limits or wraps each new connection that appends; for tests, of disks that fail. */
    interface Tuning {
        Connection tune(Connection writer) throws SQLException;
    }

    private Journal(JournalLock lock, Path file, Opening opening, Tuning tuning) throws SQLException, IOException {
        this.lock = lock;
        this.file = file;
        Connection connection = Schema.writer(file);
        try {
            Schema.prepare(connection, file);
            life = Life.begin(connection, opening);
            lastHeard = life.continued()
                    ? LastHeard.find(connection, life.journalNumber(), opening.bootId())
                    : LastHeard.NOTHING;
            connection.commit();
            EventWriter writer = new EventWriter(tuning.tune(connection), life.journalNumber());
            CommitLoop.WriterOpener opener = () -> writer(file, tuning, life.journalNumber());
            loop = new CommitLoop(life.journal(), intake, writer, opener, opening.commitInterval());
            reader = new EventReader(file);
            // As long as the loop lives; before any listener, who may ask for what it is told of.
            AutoCloseable unused = loop.subscribe(recent);
        } catch (SQLException | IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static EventWriter writer(Path file, Tuning tuning, long journalNumber) throws SQLException {
        Connection connection = Schema.writer(file);
        try {
            return new EventWriter(tuning.tune(connection), journalNumber);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Opens the journals of a data directory, and continues the latest or begins a new one.
     *
     * @throws IOException if that is not possible; the text names the file, why, and what to do
     */
    public static Journal open(Opening opening) throws IOException {
        return open(opening, connection -> connection);
    }

    static Journal open(Opening opening, Tuning tuning) throws IOException {
        DataDirectory.make(opening.directory());
        JournalLock lock = JournalLock.take(opening.directory());
        Path file = opening.directory().toRealPath().resolve("journal.db");
        try {
            NativeLibrary.unpackIn(opening.directory().toRealPath().resolve("native"));
            Journal journal = new Journal(lock, file, opening, tuning);
            journal.loop.start();
            log.info("journal {} {} in {}", journal.id(), journal.continued() ? "continued" : "begun", file);
            return journal;
        } catch (SQLException e) {
            lock.close();
            throw new IOException(
                    file + " cannot be opened: " + e.getMessage()
                            + ". Is the disk full or failing? To begin afresh move the file away, do not delete it",
                    e);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Who holds the journals of a data directory, in words: the process that runs on it.
     *
     * @return empty if nobody does, or that cannot be found out
     */
    public static Optional<String> holder(Path directory) {
        return JournalLock.holder(directory);
    }

    /** The current journal. */
    public JournalId id() {
        return life.journal();
    }

    /** Whether the current journal had been begun before this opening. */
    public boolean continued() {
        return life.continued();
    }

    /**
     * From when on reads of this reader may be missing, if an earlier process wrote this journal in this same boot: the
     * time of the reader's last event on CLOCK_MONOTONIC, or that of an earlier event where it had none of late. Empty in
     * a new journal and where no event of this boot is there.
     */
    public OptionalLong lastHeardMonotonicNanos(String readerName) {
        return lastHeard.monotonicNanos(readerName);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Reads have 50,000 places, other events 1,000 more, so that a loss of reads can still be told. Nothing is taken
     * once {@link #close} began.
     *
     * @throws IllegalArgumentException if the event cannot be stored, which is a mistake of whoever made it
     */
    @Override
    public boolean offer(Event event) {
        if (!(event instanceof Event.TagRead)) {
            requireStorable(event);
        }
        return intake.offer(event);
    }

    /** How full the intake is: 0 is empty, at 1 reads are dropped; beyond 1 lies the room for other events. */
    public double fillLevel() {
        return intake.fillLevel();
    }

    /** Why nothing can be committed at present; empty while all is well. */
    public Optional<String> trouble() {
        return loop.trouble();
    }

    /** How it stands now. Asks the disk how much room it has. */
    public JournalStatus status() {
        return new JournalStatus(id(), loop.committedSeq(), fillLevel(), trouble(), usableBytes());
    }

    private OptionalLong usableBytes() {
        try {
            return OptionalLong.of(Files.getFileStore(file).getUsableSpace());
        } catch (IOException e) {
            log.debug("room on the disk of {}", file, e);
            return OptionalLong.empty();
        }
    }

    @Override
    public List<JournalSummary> journals() throws IOException {
        return reader.journals();
    }

    @Override
    public List<Entry> read(JournalId journal, long firstSeq, long lastSeq, int most) throws IOException {
        Optional<List<Entry>> fresh = journal.equals(id()) ? recent.read(firstSeq, lastSeq, most) : Optional.empty();
        return fresh.isPresent() ? fresh.get() : reader.read(journal, firstSeq, lastSeq, most);
    }

    /**
     * What is known of a boot's clock: all its committed pieces, whatever journal they are in, in the order in which they
     * were written.
     *
     * @throws IOException if they cannot be read
     */
    public List<Event.ClockState> clockStates(UUID boot) throws IOException {
        return reader.clockStates(boot);
    }

    @Override
    public AutoCloseable subscribe(CommitListener listener) {
        return loop.subscribe(listener);
    }

    /**
     * Commits what is queued and marks the journal as cleanly closed. If the disk does not allow that within 12 s, the
     * journal is left as a kill would leave it. Never throws; closing twice is closing once.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        intake.close();
        if (!loop.stop(CLOSE_PATIENCE, CLOSE_GRACE)) {
            log.error("journal {}: the disk did not answer in time; left as it is", id());
            return;
        }
        try {
            // Before the writer, which as the last one takes the write-ahead log with it.
            reader.close();
            loop.closeWriter();
            lock.close();
        } catch (SQLException | IOException e) {
            log.warn("journal {}: closing its files", id(), e);
        }
    }

    /** What cannot be stored would stop all that is behind it, so it is refused here. */
    private static void requireStorable(Event event) {
        EventCodec.body(event);
        if (EventCodec.kind(event) == Schema.TAG_READ) {
            throw new IllegalArgumentException("a read in disguise: " + event);
        }
    }
}
