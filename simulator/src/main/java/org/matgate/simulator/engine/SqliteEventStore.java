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
    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;
    private final LongSupplier utcNanos;

    /**
     * Opens the file, or makes it.
     *
     * @param utcNanos this machine's clock, nanoseconds since 1970
     * @throws IOException if it cannot be opened, or is not a file of this program and version
     */
    public SqliteEventStore(Path file, LongSupplier utcNanos) throws IOException {
        this.connection = SqliteFile.open(file);
        this.utcNanos = utcNanos;
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
        inTransaction(() -> {
            long number = journalNumber(batch.journal(), batch.box());
            insert(number, batch.entries());
            apply(number, delta);
        });
    }

    @Override
    public void forget(LedgerDelta delta) throws SQLException {
        inTransaction(() -> {
            long number = journalNumber(delta.journal(), "");
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
        try (PreparedStatement query = connection.prepareStatement("SELECT event.* FROM event"
                + " JOIN journal ON journal.number = event.journal WHERE id = ? AND seq BETWEEN ? AND ?"
                + " ORDER BY key")) {
            query.setString(1, journal.toString());
            query.setLong(2, firstSeq);
            query.setLong(3, lastSeq);
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
            connection.close();
        } catch (SQLException e) {
            throw new IOException("closing the engine's store: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private void inTransaction(Work work) throws SQLException {
        lock.lock();
        try {
            // As a writer from the start, so that it cannot fail half-way for want of the lock.
            execute("BEGIN IMMEDIATE");
            work.run();
            execute("COMMIT");
        } catch (SQLException | RuntimeException e) {
            try {
                execute("ROLLBACK");
            } catch (SQLException also) {
                e.addSuppressed(also);
            }
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long journalNumber(JournalId journal, String box) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("INSERT INTO journal (id, box) VALUES (?, ?)"
                + " ON CONFLICT (id) DO UPDATE SET box = coalesce(nullif(excluded.box, ''), box) RETURNING number")) {
            upsert.setString(1, journal.toString());
            upsert.setString(2, box);
            try (ResultSet row = upsert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void insert(long number, List<Entry> entries) throws SQLException {
        long now = utcNanos.getAsLong();
        try (PreparedStatement insert = connection.prepareStatement(EventRow.INSERT)) {
            for (Entry entry : entries) {
                EventRow.write(insert, number, entry, now);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        for (Entry entry : entries) {
            if (entry.event() instanceof Event.ClockState piece) {
                ClockPieceRow.insert(connection, EventRow.key(number, entry.seq()), piece);
            }
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
        try (PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM ledger WHERE journal = ? AND first = ? AND last = ?");
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO ledger (journal, first, last) VALUES (?, ?, ?)")) {
            for (Range range : delta.gone()) {
                bind(delete, number, range);
                if (delete.executeUpdate() != 1) {
                    throw new SQLException("the ledger of journal " + delta.journal() + " does not hold " + range
                            + "; somebody else writes to this file");
                }
            }
            for (Range range : delta.come()) {
                bind(insert, number, range);
                insert.executeUpdate();
            }
        }
    }

    private static void bind(PreparedStatement statement, long number, Range range) throws SQLException {
        statement.setLong(1, number);
        statement.setLong(2, range.first());
        statement.setLong(3, range.last());
    }
}
