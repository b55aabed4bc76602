package org.matgate.gateway.journal;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.BoxCondition;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.StreamFormatException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a writer of the present journal through failures, and knows what must be on disk. After a failure nothing is
 * believed before it is found there; where it is not found a new journal begins, as no seq may name two events. Belongs to
 * the journal's thread, but for what says otherwise.
 */
final class WriterKeeper {
    private static final Logger log = LoggerFactory.getLogger(WriterKeeper.class);

    /** What must be done before the next try. */
    private enum Remedy {
        /** Nothing was wrong but the lack of room, or a neighbour. */
        CONNECT,
        /** The disk failed: the kernel may have forgotten what it could not write, and shows it all the same. */
        REOPEN,
        /** What is in the file cannot be. */
        REPLACE
    }

    /**
     * A commit of which it is not known what became of it.
     *
     * @param from whose first {@code events} it was to write
     * @param entries these, behind what a new journal begins with
     */
    private record Doubt(List<Event> from, int events, List<Entry> entries) {}

    private final Store store;
    private final EventReader reader;
    private final Rescue rescue;
    private final Notices notices;
    private final UUID bootId;
    /** What is known of this boot's clock, as far as it was told: a journal that begins in its midst begins with it. */
    private final Set<Event.ClockState> pieces;

    private @Nullable EventWriter writer;
    private Life life;
    private Remedy remedy = Remedy.CONNECT;
    private String failure = "";
    private @Nullable Doubt doubt;
    private List<Entry> lastTold = List.of();
    private List<Event> prelude = List.of();

    /** Where the present journal stands. */
    private volatile Told position;

    private volatile @Nullable String whyAnew;

    /** Takes over the writer. */
    WriterKeeper(Store store, Store.Opened opened, EventReader reader, Rescue rescue, Notices notices, UUID bootId)
            throws SQLException, IOException {
        this.store = store;
        this.rescue = rescue;
        this.reader = reader;
        this.notices = notices;
        writer = opened.writer();
        life = opened.life();
        position = new Told(life.journal(), opened.writer().lastSeq());
        this.bootId = bootId;
        pieces = new LinkedHashSet<>(reader.clockStates(bootId));
        // What was read keeps a view of the file open, and checkpoints waiting.
        opened.writer().connection().rollback();
    }

    /** The present journal. Thread-safe. */
    JournalId journal() {
        return position.journal();
    }

    /** The last seq on disk, 0 while there is none. Thread-safe. */
    long committedSeq() {
        return position.seq();
    }

    /** Has a new journal begun before the next commit. Thread-safe. */
    void requestAnew(String why) {
        whyAnew = why;
    }

    boolean wantsAnew() {
        return whyAnew != null;
    }

    /**
     * Commits the first of these, and what a new journal begins with, and takes them out; they are durable when it
     * returns. After a failure {@link #settle} comes first.
     *
     * @param from whose first events are written; nothing else is taken out of its front until they are
     * @param events how many of them
     */
    List<Entry> append(List<Event> from, int events) throws SQLException, IOException {
        if (doubt != null) {
            throw new IllegalStateException("nobody has looked what became of the last commit: " + doubt.entries.size()
                    + " events behind seq " + position.seq());
        }
        EventWriter open = writer();
        @Nullable String why = whyAnew;
        if (why != null) {
            begin(open, why);
            whyAnew = null;
        }
        Doubt now = new Doubt(from, events, numbered(from.subList(0, events)));
        if (now.entries.isEmpty()) {
            return List.of();
        }
        doubt = now;
        writer().append(now.entries);
        return committed(now);
    }

    /**
     * Finds out whether a commit that reported a failure reached the disk all the same; after that nothing is in doubt.
     *
     * @return what had reached it; it is taken out of where it came from. Nothing if it is to be committed again
     */
    List<Entry> settle() throws SQLException, IOException {
        EventWriter open = writer();
        Doubt last = doubt;
        boolean found = last != null && foundOnDisk(open, last.entries);
        // What was read keeps a view of the file open, and checkpoints waiting.
        open.connection().rollback();
        if (last != null && found) {
            return committed(last);
        }
        doubt = null;
        return List.of();
    }

    private List<Entry> committed(Doubt what) {
        doubt = null;
        prelude = List.of();
        lastTold = what.entries;
        what.entries.stream().map(Entry::event).forEach(this::remember);
        position = new Told(life.journal(), position.seq() + what.entries.size());
        what.from.subList(0, what.events).clear();
        return what.entries;
    }

    private void remember(Event event) {
        if (event instanceof Event.ClockState piece && piece.stamp().bootId().equals(bootId)) {
            pieces.add(piece);
        }
    }

    private List<Entry> numbered(List<Event> batch) {
        List<Event> events = new ArrayList<>(prelude);
        events.addAll(batch);
        List<Entry> entries = new ArrayList<>(events.size());
        for (Event event : events) {
            entries.add(new Entry(position.seq() + 1 + entries.size(), event));
        }
        return entries;
    }

    /**
     * Whether a commit that reported a failure reached the disk all the same. If the disk holds neither what was told nor
     * that, a new journal is asked for.
     */
    private boolean foundOnDisk(EventWriter open, List<Entry> entries) throws SQLException {
        long told = position.seq();
        long onDisk = open.lastSeq();
        try {
            if (onDisk == told && open.last(lastTold.size()).equals(lastTold)) {
                return false;
            }
            if (onDisk == told + entries.size() && open.last(entries.size()).equals(entries)) {
                return true;
            }
        } catch (StreamFormatException | IllegalArgumentException e) {
            log.error("journal {}: its last events cannot be read any more", life.journal(), e);
        }
        whyAnew = "journal " + life.journal() + " ends at seq " + onDisk + " on disk, " + told
                + " was committed: the disk has lost or changed what it had confirmed";
        return false;
    }

    private void begin(EventWriter open, String why) throws SQLException {
        JournalId former = life.journal();
        // What was in doubt is committed again in the new one.
        life.deleteBehind(open.connection(), position.seq());
        adopt(store.anew(open));
        log.warn("journal {} begins behind {}: {}", life.journal(), former, why);
        notices.add(BoxCondition.JOURNAL_BEGUN, why);
    }

    private void adopt(Store.Opened opened) throws SQLException {
        writer = opened.writer();
        life = opened.life();
        if (!life.journal().equals(position.journal())) {
            // What was in doubt would have been the former journal's, which is left as it was told.
            doubt = null;
            lastTold = List.of();
            prelude = List.copyOf(pieces);
            position = new Told(life.journal(), opened.writer().lastSeq());
            opened.writer().connection().rollback();
        }
    }

    /** The writer, opened anew after a failure as far as that failure demands it. */
    EventWriter writer() throws SQLException, IOException {
        EventWriter open = writer;
        if (open != null) {
            return open;
        }
        EventWriter fresh = reopened();
        remedy = Remedy.CONNECT;
        reader.resume();
        return fresh;
    }

    private EventWriter reopened() throws SQLException, IOException {
        if (remedy == Remedy.CONNECT) {
            EventWriter again = store.again(life);
            writer = again;
            return again;
        }
        Optional<Told> told = Optional.of(position);
        Store.Opened opened = remedy == Remedy.REOPEN ? forced(store.open(told)) : store.openNew(failure, told);
        adopt(opened);
        rescue.begin(opened.writer());
        return opened.writer();
    }

    /** Has everything that the log holds written to the database, and forced: what comes after stands on that. */
    private static Store.Opened forced(Store.Opened opened) throws SQLException {
        try {
            if (opened.writer().checkpoint("TRUNCATE").busy()) {
                throw new SQLException("somebody reads the journal while it is brought in order", null, Store.BUSY);
            }
            return opened;
        } catch (SQLException e) {
            if (Store.isFull(e)) {
                // The reserve in the log is for this; what was told is looked for all the same.
                return opened;
            }
            opened.writer().close();
            throw e;
        }
    }

    /** What was tried failed: the writer is of no use any more. */
    void failed(Exception e) {
        failure = String.valueOf(e.getMessage());
        Remedy now = Remedy.REOPEN;
        if ((e instanceof SQLException sql && Store.isFullOrBusy(sql)) || e instanceof RuntimeException) {
            now = Remedy.CONNECT;
        } else if (e instanceof SQLException sql && Store.isCorrupt(sql)) {
            now = Remedy.REPLACE;
        }
        if (now.compareTo(remedy) > 0) {
            remedy = now;
        }
        try {
            if (remedy != Remedy.CONNECT) {
                // With the last connection goes what SQLite believes of the log; it then looks at the file.
                reader.suspend();
            }
        } catch (SQLException failing) {
            log.debug("closing a reader of a disk that fails", failing);
        }
        close();
    }

    /** As {@link EventWriter#markClosed} has it. */
    boolean markClosed() throws SQLException, IOException {
        return writer().markClosed();
    }

    /** To be called once the thread has stopped, or by it. */
    void close() {
        EventWriter closing = writer;
        writer = null;
        try {
            if (closing != null) {
                closing.connection().close();
            }
        } catch (SQLException e) {
            log.debug("closing a writer that had failed", e);
        }
    }
}
