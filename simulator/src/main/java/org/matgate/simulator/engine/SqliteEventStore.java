package org.matgate.simulator.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.matgate.protocol.receiver.Batch;
import org.matgate.protocol.receiver.EventStore;
import org.matgate.protocol.receiver.LedgerDelta;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.SeqRanges.Range;

/**
 * Events and ledger in one SQLite file; {@code schema.sql} tells its tables. Other processes may read the file while this
 * one writes. Thread-safe; one call at a time does its work.
 */
public final class SqliteEventStore implements EventStore, AutoCloseable {
    /** One statement for so many rows saves a good part of the time; more save no more. */
    private static final int ROWS_AT_A_TIME = 64;

    private record Read(long key, Event.TagRead read) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;
    private final Checkpoints checkpoints;
    private final LongSupplier utcNanos;
    private final Names names;
    // Kept, as to prepare them takes longer than to run them for the few events of a live batch.
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement insertRead;
    private final PreparedStatement insertReads;
    private final PreparedStatement insertOther;
    private final PreparedStatement deleteRange;
    private final PreparedStatement insertRange;
    private final List<Read> reads = new ArrayList<>(ROWS_AT_A_TIME);
    private final AtomicLong readsStored = new AtomicLong();

    /**
     * Opens the file, or makes it.
     *
     * @param utcNanos this machine's clock, nanoseconds since 1970
     * @throws IOException if it cannot be opened, or is not a file of this program and version
     */
    public SqliteEventStore(Path file, LongSupplier utcNanos) throws IOException {
        this.connection = SqliteFile.open(file);
        this.utcNanos = utcNanos;
        this.names = new Names(connection);
        try {
            // As a writer from the start, so that it cannot fail half-way for want of the lock.
            begin = connection.prepareStatement("BEGIN IMMEDIATE");
            commit = connection.prepareStatement("COMMIT");
            insertRead = connection.prepareStatement(EventRow.insertReads(1));
            insertReads = connection.prepareStatement(EventRow.insertReads(ROWS_AT_A_TIME));
            insertOther = connection.prepareStatement(EventRow.INSERT_OTHER);
            deleteRange =
                    connection.prepareStatement("DELETE FROM ledger WHERE journal = ? AND first = ? AND last = ?");
            insertRange = connection.prepareStatement("INSERT INTO ledger (journal, first, last) VALUES (?, ?, ?)");
            checkpoints = Checkpoints.of(file, connection);
        } catch (SQLException | IOException e) {
            closeConnection();
            throw new IOException("cannot use " + file + " as the engine's store: " + e.getMessage(), e);
        }
    }

    @Override
    public SeqRanges held(JournalId journal) throws SQLException {
        lock.lock();
        try (PreparedStatement query = connection.prepareStatement("SELECT first, last FROM ledger"
                + " WHERE journal = (SELECT number FROM journal WHERE id = ?) ORDER BY first")) {
            query.setString(1, journal.toString());
            List<Range> ranges = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    ranges.add(new Range(row.getLong(1), row.getLong(2)));
                }
            }
            return SeqRanges.of(ranges);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void store(Batch batch, LedgerDelta delta) throws SQLException {
        inTransaction(batch.entries().size(), () -> {
            long number = names.number(batch.journal(), batch.box());
            insert(number, batch.entries());
            apply(number, delta);
        });
        readsStored.addAndGet(batch.entries().stream()
                .filter(entry -> entry.event() instanceof Event.TagRead)
                .count());
    }

    @Override
    public void forget(LedgerDelta delta) throws SQLException {
        inTransaction(delta.before().minus(delta.after()).size(), () -> {
            long number = names.number(delta.journal(), "");
            SeqRanges out = delta.before().minus(delta.after());
            for (String table : List.of("clock_piece", "event")) {
                delete(table, number, out);
            }
            apply(number, delta);
        });
    }

    /** {@inheritDoc} By the time as it is known by now, which the view {@code restated} shows. */
    @Override
    public SeqRanges between(JournalId journal, long fromUtcNanos, long untilUtcNanos) throws SQLException {
        lock.lock();
        try (PreparedStatement query = connection.prepareStatement("SELECT seq FROM event"
                + " JOIN restated ON restated.key = event.key"
                + " WHERE journal = (SELECT number FROM journal WHERE id = ?)"
                + " AND restated.utc_nanos >= ? AND restated.utc_nanos < ?")) {
            query.setString(1, journal.toString());
            query.setLong(2, fromUtcNanos);
            query.setLong(3, untilUtcNanos);
            List<Range> found = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(new Range(row.getLong(1), row.getLong(1)));
                }
            }
            return SeqRanges.of(found);
        } finally {
            lock.unlock();
        }
    }

    /** The entries with these seqs that are there, ascending. */
    public List<Entry> entries(JournalId journal, long firstSeq, long lastSeq) throws SQLException, IOException {
        lock.lock();
        try (PreparedStatement query = connection.prepareStatement("SELECT entry.* FROM entry"
                + " WHERE key BETWEEN (SELECT number FROM journal WHERE id = ?1) << 40 | ?2"
                + " AND (SELECT number FROM journal WHERE id = ?1) << 40 | ?3 ORDER BY key")) {
            query.setString(1, journal.toString());
            query.setLong(2, Math.max(1, firstSeq));
            query.setLong(3, Math.min(SeqRanges.MAX_SEQ, lastSeq));
            List<Entry> entries = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    entries.add(EventRow.read(row));
                }
            }
            return entries;
        } finally {
            lock.unlock();
        }
    }

    /** How many reads it has stored since it was opened; at once, while {@link #size} counts. */
    public long readsStored() {
        return readsStored.get();
    }

    /** How many events of all journals are there. */
    public long size() throws IOException {
        lock.lock();
        try (PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM event");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IOException("cannot count the events: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            checkpoints.close();
        } catch (SQLException e) {
            throw closing(e);
        } finally {
            closeConnection();
            lock.unlock();
        }
    }

    private void closeConnection() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw closing(e);
        }
    }

    private static IOException closing(SQLException e) {
        return new IOException("closing the engine's store: " + e.getMessage(), e);
    }

    private interface Work {
        void run() throws SQLException;
    }

    private void inTransaction(long rows, Work work) throws SQLException {
        lock.lock();
        try {
            begin.execute();
            work.run();
            commit.execute();
            checkpoints.committed(connection, rows);
        } catch (SQLException | RuntimeException e) {
            rollBack(e);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private void rollBack(Exception why) {
        names.forget();
        reads.clear();
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    private void insert(long number, List<Entry> entries) throws SQLException {
        long now = utcNanos.getAsLong();
        for (Entry entry : entries) {
            long key = EventRow.key(number, entry.seq());
            if (entry.event() instanceof Event.TagRead read) {
                reads.add(new Read(key, read));
                if (reads.size() == ROWS_AT_A_TIME) {
                    insertReads(now);
                }
            } else {
                // First what comes before it: rows that go to the end of the table are the cheapest.
                insertReads(now);
                insertOther(key, entry.event(), now);
            }
        }
        insertReads(now);
    }

    private void insertReads(long now) throws SQLException {
        boolean all = reads.size() == ROWS_AT_A_TIME;
        int index = 0;
        for (Read read : reads) {
            EventRow.write(all ? insertReads : insertRead, index, read.key(), read.read(), now, names);
            if (all) {
                index++;
            } else {
                insertRead.executeUpdate();
            }
        }
        if (all) {
            insertReads.executeUpdate();
        }
        reads.clear();
    }

    private void insertOther(long key, Event event, long now) throws SQLException {
        EventRow.writeOther(insertOther, key, event, now, names);
        insertOther.executeUpdate();
        if (event instanceof Event.ClockState piece) {
            ClockPieceRow.insert(connection, key, names.number(piece.stamp().bootId()), piece);
        }
    }

    private void delete(String table, long number, SeqRanges out) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + table + " WHERE key BETWEEN ? AND ?")) {
            for (Range range : out.ranges()) {
                delete.setLong(1, EventRow.key(number, range.first()));
                delete.setLong(2, EventRow.key(number, range.last()));
                delete.executeUpdate();
            }
        }
    }

    private void apply(long number, LedgerDelta delta) throws SQLException {
        for (Range range : delta.gone()) {
            bind(deleteRange, number, range);
            if (deleteRange.executeUpdate() != 1) {
                throw new SQLException("the ledger of journal " + delta.journal() + " does not hold " + range
                        + "; somebody else writes to this file");
            }
        }
        for (Range range : delta.come()) {
            bind(insertRange, number, range);
            insertRange.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, long number, Range range) throws SQLException {
        statement.setLong(1, number);
        statement.setLong(2, range.first());
        statement.setLong(3, range.last());
    }
}
