package org.matgate.gateway.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.EventCodec;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.StreamFormatException;

/**
 * Appends to one journal. After an {@link SQLException} it is of no use any more, nor is its connection: SQLite may have
 * rolled back by itself, or have committed all the same. Open another, and ask it for {@link #lastSeq}. Not thread-safe.
 */
final class EventWriter implements AutoCloseable {
    /** One statement for so many rows saves a sixth of the time; more save no more. */
    private static final int ROWS_AT_A_TIME = 64;

    private static final int READ_PARAMETERS = 15;

    private static final String INTO_READ = """
             INTO event(id, kind, boot, monotonic_nanos, utc_nanos, uncertainty_nanos,
              moment_uncertainty_nanos, source, antenna, chip, rssi_centi_dbm, reader_time_base,
              reader_time_micros, arrival_monotonic_nanos, sightings, checksum)
            VALUES""";

    private static final String READ_ROW = "(?, " + Schema.TAG_READ + ", ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final Connection connection;
    private final JournalId journal;
    private final long journalNumber;
    private final Names names;
    private final PreparedStatement insertRead;
    private final PreparedStatement insertReads;
    private final PreparedStatement insertOther;
    private final List<Entry> reads = new ArrayList<>(ROWS_AT_A_TIME);

    /** Takes over the connection once it is made. */
    EventWriter(Connection connection, Life life) throws SQLException {
        this(connection, new Names(connection), life, "INSERT");
        // What was read keeps a view of the file open, and checkpoints waiting.
        connection.rollback();
    }

    private EventWriter(Connection connection, Names names, Life life, String insert) throws SQLException {
        this.connection = connection;
        this.names = names;
        this.journal = life.journal();
        this.journalNumber = life.journalNumber();
        insertRead = connection.prepareStatement(insert + INTO_READ + READ_ROW);
        insertReads = connection.prepareStatement(
                insert + INTO_READ + String.join(", ", Collections.nCopies(ROWS_AT_A_TIME, READ_ROW)));
        insertOther = connection.prepareStatement(insert + """
                     INTO event(id, kind, boot, monotonic_nanos, utc_nanos, uncertainty_nanos,
                      moment_uncertainty_nanos, source, body, checksum)
                    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
    }

    /** Another journal's, in the same transactions. */
    EventWriter of(Life life) throws SQLException {
        return new EventWriter(connection, names, life, "INSERT");
    }

    /** The same for a journal that is being saved: what is there already is left as it is. */
    EventWriter saving(Life life) throws SQLException {
        return new EventWriter(connection, names, life, "INSERT OR IGNORE");
    }

    Connection connection() {
        return connection;
    }

    /** The last entries of the journal, at most so many, ascending. */
    List<Entry> last(int most) throws SQLException, StreamFormatException {
        List<Entry> entries = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + Columns.LIST + " FROM event WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT ?")) {
            select.setLong(1, Schema.id(journalNumber, 1));
            select.setLong(2, Schema.id(journalNumber, Schema.MAX_SEQ));
            select.setInt(3, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(Columns.entry(row, names));
                }
            }
        }
        return entries.reversed();
    }

    /** The journal's last seq on disk; 0 if it is empty. */
    long lastSeq() throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id FROM event WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1")) {
            select.setLong(1, Schema.id(journalNumber, 1));
            select.setLong(2, Schema.id(journalNumber, Schema.MAX_SEQ));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Schema.seq(row.getLong(1)) : 0;
            }
        }
    }

    /** Appends these entries, ascending, in one transaction; they are durable when it returns. */
    void append(List<Entry> run) throws SQLException {
        add(run);
        connection.commit();
    }

    /** The same within the present transaction. */
    void add(List<Entry> run) throws SQLException {
        for (Entry entry : run) {
            if (entry.event() instanceof Event.TagRead) {
                reads.add(entry);
                if (reads.size() == ROWS_AT_A_TIME) {
                    insertReads();
                }
            } else {
                // First what comes before it: rows that are appended in order go to the end of the file at once.
                insertReads();
                insertOther(entry.seq(), entry.event());
            }
        }
        insertReads();
    }

    /**
     * Marks the journal as cleanly closed, which is told to people.
     *
     * @return whether all that is in the write-ahead log is in the database, too, and nobody reads it from the log
     */
    boolean markClosed() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE journal SET closed = 1 WHERE number = " + journalNumber);
            connection.commit();
            connection.setAutoCommit(true);
        }
        try {
            return !checkpoint("RESTART").busy();
        } catch (SQLException e) {
            if (Store.isFull(e)) {
                // The next start finds it in the log.
                return false;
            }
            throw e;
        }
    }

    /** How far the write-ahead log is filled, and how much of that is in the database already, in frames of a page. */
    record LogFill(boolean busy, long frames, long done) {}

    /**
     * Between two transactions.
     *
     * @param mode NOOP: only look; PASSIVE: bring the log into the database as far as nobody reads older pages; RESTART: all
     *     of it, and force it to the disk; TRUNCATE: and cut it
     */
    LogFill checkpoint(String mode) throws SQLException {
        boolean within = !mode.equals("NOOP") && !connection.getAutoCommit();
        if (within) {
            // One that finds no room ends the transaction in which it runs, and the driver does not notice.
            connection.setAutoCommit(true);
        }
        try {
            return fill(mode);
        } finally {
            if (within) {
                connection.setAutoCommit(false);
            }
        }
    }

    private LogFill fill(String mode) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
            row.next();
            return new LogFill(row.getInt(1) != 0, Math.max(0, row.getLong(2)), Math.max(0, row.getLong(3)));
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private void insertReads() throws SQLException {
        if (reads.size() == ROWS_AT_A_TIME) {
            for (int i = 0; i < ROWS_AT_A_TIME; i++) {
                bind(insertReads, i * READ_PARAMETERS, reads.get(i));
            }
            insertReads.executeUpdate();
        } else {
            for (Entry entry : reads) {
                bind(insertRead, 0, entry);
                insertRead.executeUpdate();
            }
        }
        reads.clear();
    }

    /** @param before how many parameters other rows have before this one's */
    private void bind(PreparedStatement insert, int before, Entry entry) throws SQLException {
        Event.TagRead read = (Event.TagRead) entry.event();
        int i = before;
        insert.setLong(++i, Schema.id(journalNumber, entry.seq()));
        i = bind(insert, i, read.stamp());
        insert.setInt(++i, names.number(read.source()));
        insert.setInt(++i, read.antenna());
        insert.setString(++i, read.chip().hex());
        OptionalInt rssi = read.rssiCentiDbm();
        if (rssi.isPresent()) {
            insert.setInt(++i, rssi.getAsInt());
        } else {
            insert.setNull(++i, Types.INTEGER);
        }
        insert.setInt(++i, Columns.readerTimeBase(read.readerTime().base()));
        insert.setLong(++i, read.readerTime().micros());
        insert.setLong(++i, read.arrivalMonotonicNanos());
        insert.setInt(++i, read.sightings());
        insert.setLong(++i, names.checksum().of(journal, entry.seq(), read));
    }

    private void insertOther(long seq, Event event) throws SQLException {
        PreparedStatement insert = insertOther;
        int kind = EventCodec.kind(event);
        byte[] body = EventCodec.body(event).toByteArray();
        insert.setLong(1, Schema.id(journalNumber, seq));
        insert.setInt(2, kind);
        bind(insert, 2, event.stamp());
        @Nullable Source source = readerOf(event);
        if (source == null) {
            insert.setNull(8, Types.INTEGER);
        } else {
            insert.setInt(8, names.number(source));
        }
        insert.setBytes(9, body);
        insert.setLong(10, names.checksum().of(journal, seq, kind, event.stamp(), body));
        if (insert.executeUpdate() == 1 && event instanceof Event.ClockState piece) {
            ClockPieces.insert(
                    connection,
                    Schema.id(journalNumber, seq),
                    names.number(piece.stamp().bootId()),
                    piece);
        }
    }

    private static @Nullable Source readerOf(Event event) {
        return switch (event) {
            case Event.TagRead read -> read.source();
            case Event.ReaderState state -> state.reader();
            case Event.AntennaState state -> state.reader();
            case Event.Gun unused -> null;
            case Event.Mark unused -> null;
            case Event.ClockState unused -> null;
            case Event.BoxState unused -> null;
            case Event.Unknown unused -> null;
        };
    }

    /** Binds a stamp's five parameters behind the first {@code before}; gives how many are bound then. */
    private int bind(PreparedStatement insert, int before, Stamp stamp) throws SQLException {
        int i = before;
        insert.setInt(++i, names.number(stamp.bootId()));
        insert.setLong(++i, stamp.monotonicNanos());
        insert.setLong(++i, stamp.utcNanos());
        if (stamp.synchronised()) {
            insert.setLong(++i, stamp.uncertaintyNanos());
        } else {
            insert.setNull(++i, Types.INTEGER);
        }
        insert.setLong(++i, stamp.momentUncertaintyNanos());
        return i;
    }

    /** What cannot be stored would stop all that is behind it, so it is refused where it is made. */
    static void requireStorable(Event event) {
        EventCodec.body(event);
        if (EventCodec.kind(event) == Schema.TAG_READ) {
            throw new IllegalArgumentException("a read in disguise: " + event);
        }
    }
}
