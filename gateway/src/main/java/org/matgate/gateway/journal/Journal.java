package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.matgate.gateway.pulse.Pulse;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.BoxCondition;
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

    /** Three thousand pages: minutes at full speed, half an hour of a quiet mat. */
    private static final long DEFAULT_RESERVE_BYTES = 12_000_000;

    /** How many reads the intake has room for. */
    public static final int INTAKE_READS = Intake.READS;

    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    private final JournalLock lock;
    private final Store store;
    private final Notices notices = new Notices();
    private final Damage damage = new Damage(notices);
    private final boolean continued;
    private final LastHeard lastHeard;
    private final Intake intake = new Intake();
    private final WriterKeeper keeper;
    private final Upkeep upkeep;
    private final Rescue rescue;
    private final CommitLoop loop;
    private final EventReader reader;
    private final RecentEntries recent;
    private final boolean forced;
    private boolean closed;

    /**
     * What the journal has to tell of itself.
     *
     * @param detail what happened, where, and what was done about it
     */
    public record Notice(BoxCondition condition, String detail) {}

    /**
     * What to open, and for whom.
     *
     * @param directory the box's data directory; made where it is missing
     * @param box the box's name; another one begins a new journal
     * @param bootId the present boot
     * @param machineId what tells this machine from a copy of its disk; another one begins a new journal
     * @param nowUtcNanos what UTC is believed to be, nanoseconds since 1970; recorded for people
     * @param commitInterval the pause after each commit, which spares an SD card and delays events by as much; 0: none
     * @param reserveBytes room on the disk that is taken beforehand, for when others have filled it
     * @param forced whether commits are forced to the disk; false only to show what becomes of them then
     */
    public record Opening(
            Path directory,
            String box,
            UUID bootId,
            String machineId,
            long nowUtcNanos,
            Duration commitInterval,
            long reserveBytes,
            boolean forced) {
        public Opening {
            if (commitInterval.isNegative()) {
                throw new IllegalArgumentException("commit interval " + commitInterval + "; want 0 or more");
            }
        }

        /** Without a table [journal]. */
        public Opening(
                Path directory, String box, UUID bootId, String machineId, long nowUtcNanos, Duration commitInterval) {
            this(directory, box, bootId, machineId, nowUtcNanos, commitInterval, DEFAULT_RESERVE_BYTES, true);
        }
    }

    /** Limits or wraps each new connection that appends; for tests, of disks that fail. */
    interface Tuning {
        Connection tune(Connection writer) throws SQLException;
    }

    private Journal(JournalLock lock, Path file, Opening opening, Tuning tuning) throws SQLException, IOException {
        this.lock = lock;
        forced = opening.forced();
        store = new Store(file, opening, tuning, lock.lastHeldIn(opening.bootId()), notices);
        Store.Opened opened = store.open(Optional.empty());
        try {
            Life life = opened.life();
            continued = life.continued();
            reader = new EventReader(file, damage);
            lastHeard = continued ? reader.lastHeard(life.journalNumber(), opening.bootId()) : LastHeard.NOTHING;
            rescue = new Rescue(file, notices);
            rescue.begin(opened.writer());
            keeper = new WriterKeeper(store, opened, reader, rescue, notices, opening.bootId());
            upkeep = new Upkeep(new LogRoom(file, opening.reserveBytes()), rescue);
            loop = new CommitLoop(keeper, intake, upkeep, opening.commitInterval());
            recent = new RecentEntries(keeper::journal);
            // As long as the loop lives; before any listener, who may ask for what it is told of.
            AutoCloseable unused = loop.subscribe(recent);
        } catch (SQLException | IOException | RuntimeException e) {
            opened.writer().close();
            throw e;
        }
    }

    /**
     * Opens the journals of a data directory, and continues the latest, if it is of this boot, or begins a new one.
     *
     * @throws IOException if that is not possible; the text names the file, why, and what to do
     */
    public static Journal open(Opening opening) throws IOException {
        return open(opening, connection -> connection);
    }

    static Journal open(Opening opening, Tuning tuning) throws IOException {
        DataDirectory.make(opening.directory());
        JournalLock lock = JournalLock.take(opening.directory(), opening.bootId());
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
                            + ". Is the disk full or failing? `df -h` and `dmesg | tail` tell; do not delete the file",
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
        return keeper.journal();
    }

    /** Whether the journal that was current at the opening had been begun before it. */
    public boolean continued() {
        return continued;
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
            EventWriter.requireStorable(event);
        }
        return intake.offer(event);
    }

    /**
     * Takes the event, to be committed before all that waits, also on a full disk whose reserve is used up: some is kept
     * for this. For the count of reads that found no room, not for much else.
     *
     * @return false if there was no room for it
     */
    public boolean offerAhead(Event event) {
        EventWriter.requireStorable(event);
        return intake.offerAhead(event);
    }

    /** How many reads of each reader found no room since the start; without those that lost none. */
    public Map<String, Long> refused() {
        return intake.refused();
    }

    /** How full the intake is: 0 is empty, at 1 reads are dropped; beyond 1 lies the room for other events. */
    public double fillLevel() {
        return intake.fillLevel();
    }

    /** That of the thread that writes. */
    public Pulse pulse() {
        return loop.pulse();
    }

    /** Why nothing can be committed at present; empty while all is well. */
    public Optional<String> trouble() {
        return loop.trouble();
    }

    /** How it stands now. Asks the disk how much room it has. */
    public JournalStatus status() {
        JournalStatus.Care care = new JournalStatus.Care(
                upkeep.reserved(), upkeep.inReserve(), upkeep.reserveLeft(), rescue.pending(), damage.events(), forced);
        return new JournalStatus(id(), keeper.committedSeq(), fillLevel(), trouble(), store.usableBytes(), care);
    }

    @Override
    public List<JournalSummary> journals() throws IOException {
        boolean saving = rescue.pending();
        List<JournalSummary> journals = reader.journals();
        // It may have begun meanwhile; and of its end all are told.
        saving |= rescue.pending();
        // Growing from look to look under numbers that engines hold, they would seem to be written by somebody else.
        return saving ? journals.subList(0, Math.min(1, journals.size())) : journals;
    }

    @Override
    public List<Entry> read(JournalId journal, long firstSeq, long lastSeq, int most) throws IOException {
        Optional<List<Entry>> fresh = recent.read(journal, firstSeq, lastSeq, most);
        if (fresh.isPresent()) {
            return fresh.get();
        }
        if (rescue.pending() && !journal.equals(id())) {
            throw new IOException(
                    "journal " + journal + " is not given before it is known whether more of it is saved");
        }
        return reader.read(journal, firstSeq, lastSeq, most);
    }

    /**
     * Begins a new journal before the next commit: the present one's numbers are not to be used any more, for instance as
     * an engine holds more of them than were given here. What is in it is kept and delivered.
     *
     * @param why is told to crew and engines
     */
    public void beginAnew(String why) {
        keeper.requestAnew(why);
    }

    /** What there is to tell, the oldest first; it stays until it is {@link #told}. */
    public Optional<Notice> notice() {
        return Optional.ofNullable(notices.first());
    }

    /** An event of this is on its way. */
    public void told(Notice notice) {
        notices.told(notice);
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
            // The last one that may write would take the write-ahead log with it, and the room in it: a start on a disk
            // that others have filled needs that.
            keeper.close();
            reader.close();
            lock.close();
        } catch (SQLException | IOException e) {
            log.warn("journal {}: closing its files", id(), e);
        }
    }
}
