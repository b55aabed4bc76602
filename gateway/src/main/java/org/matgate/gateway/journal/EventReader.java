package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.StreamFormatException;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;

/**
 * Reads the journals on a connection of its own, in short transactions, so that the writer's checkpoints find the file
 * free. Damage stands in the way of what it has hit, not of what lies behind it. Thread-safe: one reads at a time.
 */
final class EventReader implements AutoCloseable {
    private final Path file;
    private final Journal.Tuning tuning;
    private final Unreadable unreadable;
    private @Nullable Opened open;
    private boolean suspended;

    /** Hears of what is there, but cannot be read. */
    interface Unreadable {
        /** These seqs, as SQLite cannot get at them or what it finds is not what was written. */
        void found(JournalId journal, long firstSeq, long lastSeq, String why);

        /** Whether who reads asks again for what the disk does not give now, but may give then. */
        default boolean asksAgain() {
            return true;
        }
    }

    EventReader(Path file, Unreadable unreadable) throws SQLException {
        this(file, connection -> connection, unreadable);
    }

    /** @param tuning for tests */
    EventReader(Path file, Journal.Tuning tuning, Unreadable unreadable) throws SQLException {
        this.file = file;
        this.tuning = tuning;
        this.unreadable = unreadable;
        open = Opened.of(tuning.tune(Schema.reader(file)));
    }

    /**
     * A connection and what its rows are named by. No statement is kept with it: the driver closes one that meets damage in
     * its first row, and who then reads on behind it would be refused for ever.
     */
    private record Opened(Connection connection, Names names) {
        static Opened of(Connection connection) throws SQLException {
            try {
                return new Opened(connection, new Names(connection));
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }

        PreparedStatement prepare(String query) throws SQLException {
            return connection.prepareStatement(query);
        }
    }

    /** Lets go of the file until {@link #resume}; who reads meanwhile is told to try again. */
    synchronized void suspend() throws SQLException {
        suspended = true;
        close();
    }

    synchronized void resume() {
        suspended = false;
    }

    private Opened open() throws SQLException {
        if (suspended) {
            throw new SQLException("the journal is being opened anew; try again");
        }
        Opened opened = open;
        if (opened == null) {
            opened = Opened.of(tuning.tune(Schema.reader(file)));
            open = opened;
        }
        return opened;
    }

    /** Every journal, the newest first; its ends as {@link JournalEnds} has them. */
    synchronized List<JournalSummary> journals() throws IOException {
        List<JournalSummary> journals = new ArrayList<>();
        try {
            Opened opened = open();
            try (PreparedStatement select = opened.prepare("SELECT number, id FROM journal ORDER BY number DESC");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    JournalEnds ends = JournalEnds.of(opened.connection, row.getLong(1));
                    journals.add(
                            new JournalSummary(JournalId.parse(row.getString(2)), ends.firstSeq(), ends.lastSeq()));
                }
            }
        } catch (SQLException | IllegalArgumentException e) {
            throw new IOException(file + ": cannot list the journals: " + e.getMessage(), e);
        }
        return journals;
    }

    /** As {@link JournalView#read} has it; what cannot be read is left out, and told. */
    synchronized List<Entry> read(JournalId journal, long firstSeq, long lastSeq, int most) throws IOException {
        List<Entry> entries = new ArrayList<>();
        long next = Math.max(1, firstSeq);
        long last = Math.min(Schema.MAX_SEQ, lastSeq);
        try {
            Opened opened = open();
            long number = number(opened, journal);
            while (next <= last && entries.size() < most) {
                next = readOn(opened, new Part(journal, number, next, last, most - entries.size()), entries);
            }
        } catch (SQLException e) {
            throw new IOException(
                    file + ": cannot read journal " + journal + " from seq " + next + ": " + e.getMessage(), e);
        }
        return entries;
    }

    private record Part(JournalId journal, long number, long first, long last, int most) {
        long id(long seq) {
            return Schema.id(number, seq);
        }
    }

    /** Reads up to the end of the part or the first damage; says where to go on. */
    private long readOn(Opened opened, Part part, List<Entry> entries) throws SQLException {
        long next = part.first;
        int before = entries.size();
        try (PreparedStatement select =
                opened.prepare("SELECT " + Columns.LIST + " FROM event WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?")) {
            select.setLong(1, part.id(part.first));
            select.setLong(2, part.id(part.last));
            select.setInt(3, part.most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Entry entry = Columns.entry(row, opened.names);
                    if (entry.seq() > next && !entries.isEmpty() && part.number > 0) {
                        // No journal that was written here has a gap; one that was saved may, and said so.
                        unreadable.found(
                                part.journal,
                                next,
                                entry.seq() - 1,
                                "they are not found: what leads to them is damaged");
                    }
                    entries.add(entry);
                    next = entry.seq() + 1;
                }
            }
            int found = entries.size() - before;
            // What was committed after this look begins right there; but twice the same answer is damage.
            return found == part.most ? part.last + 1 : behindEnd(opened, part, next, found > 0 ? next - 1 : next);
        } catch (StreamFormatException | IllegalArgumentException e) {
            // Only this row, as far as is known; where it has the wrong seq, it is the expected one that is missing.
            unreadable.found(part.journal, next, next, String.valueOf(e.getMessage()));
            return next + 1;
        } catch (SQLException e) {
            if (!Store.isInTheWay(e)) {
                throw e;
            }
            long behind = firstSeq(part, next, seq -> there(opened, part, seq) != There.DAMAGE);
            if (Store.isDiskError(e) && behind > part.last && unreadable.asksAgain()) {
                // Not a bad sector, as far as is known, but the disk: it may come back.
                throw e;
            }
            unreadable.found(part.journal, next, behind - 1, String.valueOf(e.getMessage()));
            return behind;
        }
    }

    /**
     * Where to go on when no more was found: a row whose number is damaged seems to be the last, and hides what lies
     * behind it.
     */
    private long behindEnd(Opened opened, Part part, long next, long from) throws SQLException {
        // One that was saved may have gaps, also at the end.
        if (next > part.last || part.number <= 0 || next > lastSeq(opened, part)) {
            return part.last + 1;
        }
        long behind = firstSeq(part, from, seq -> there(opened, part, seq) == There.EVENTS);
        if (behind > next) {
            unreadable.found(part.journal, next, behind - 1, "they are not found: what leads to them is damaged");
        }
        return behind;
    }

    /** The last seq that the part can have; where that cannot be found out, what is known already. */
    private static long lastSeq(Opened opened, Part part) throws SQLException {
        String query = "SELECT id FROM event WHERE id BETWEEN " + part.id(1) + " AND " + part.id(Schema.MAX_SEQ)
                + " ORDER BY id DESC LIMIT 1";
        try (PreparedStatement select = opened.prepare(query);
                ResultSet row = select.executeQuery()) {
            return row.next() ? Math.min(part.last, Schema.seq(row.getLong(1))) : 0;
        } catch (SQLException e) {
            if (Store.isInTheWay(e)) {
                return 0;
            }
            throw e;
        }
    }

    /** What one finds who enters the tree at a seq. */
    private enum There {
        EVENTS,
        NOTHING,
        DAMAGE
    }

    private interface Question {
        boolean asked(long seq) throws SQLException;
    }

    /**
     * The first seq behind this one of which it is so, or the one behind the part. Looked for in steps of an eighth of the
     * way, as what is whole may be followed by more damage, and then by halving.
     */
    private static long firstSeq(Part part, long damaged, Question question) throws SQLException {
        long low = damaged;
        long high = damaged + 1;
        while (high <= part.last && !question.asked(high)) {
            low = high;
            high = Math.min(part.last + 1, high + Math.max(1, (high - damaged) / 8));
        }
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (question.asked(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private static There there(Opened opened, Part part, long seq) throws SQLException {
        String query = "SELECT id, body FROM event WHERE id BETWEEN " + part.id(seq) + " AND " + part.id(part.last)
                + " ORDER BY id LIMIT 1";
        try (PreparedStatement select = opened.prepare(query);
                ResultSet row = select.executeQuery()) {
            if (row.next()) {
                row.getLong(1);
                return There.EVENTS;
            }
            return There.NOTHING;
        } catch (SQLException e) {
            if (Store.isInTheWay(e)) {
                return There.DAMAGE;
            }
            throw e;
        }
    }

    /** When the readers were last heard that this journal knows of. */
    synchronized LastHeard lastHeard(long journalNumber, UUID boot) throws SQLException {
        return LastHeard.find(open().connection, journalNumber, boot);
    }

    /** As {@link Journal#clockStates} has it. */
    synchronized List<ClockState> clockStates(UUID boot) throws IOException {
        try {
            Opened opened = open();
            return ClockPieces.of(opened.connection, opened.names, boot);
        } catch (SQLException | IllegalArgumentException e) {
            throw new IOException(file + ": cannot read the clock's pieces of boot " + boot + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        Opened closing = open;
        open = null;
        if (closing != null) {
            closing.connection.close();
        }
    }

    /** The journal's number; one of which there are no events if it is not there. */
    private static long number(Opened opened, JournalId journal) throws SQLException {
        try (PreparedStatement select = opened.prepare("SELECT number FROM journal WHERE id = ?")) {
            select.setString(1, journal.toString());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : Long.MIN_VALUE >> Schema.SEQ_BITS;
            }
        }
    }
}
