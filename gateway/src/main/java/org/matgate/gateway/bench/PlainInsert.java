package org.matgate.gateway.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.matgate.protocol.stream.Event.TagRead;
import org.matgate.protocol.stream.Source;
import org.sqlite.SQLiteConfig;

/**
 * The ceiling: the same rows into the same table by sqlite-jdbc's batch insert and nothing else, in transactions of the
 * journal's size, each durable when it ends. Not thread-safe.
 */
final class PlainInsert implements AutoCloseable {
    private static final int ROWS_A_COMMIT = 4096;

    /** Of 64, 256, 1,024 and 4,096 the fastest: beyond it the rows that wait leave the processor's cache. */
    private static final int ROWS_A_BATCH = 256;

    private final Connection connection;
    private final PreparedStatement insert;
    private final Map<Source, Integer> sources = new HashMap<>();
    private long rows;

    /** @param file a journal's file that nobody else has open */
    PlainInsert(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setGetGeneratedKeys(false);
        connection = config.createConnection("jdbc:sqlite:" + file);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM event");
        }
        connection.commit();
        insert = connection.prepareStatement("""
                INSERT INTO event(id, kind, boot, monotonic_nanos, utc_nanos, uncertainty_nanos,
                  moment_uncertainty_nanos, source, antenna, chip, rssi_centi_dbm, reader_time_base,
                  reader_time_micros, arrival_monotonic_nanos, sightings)
                VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
    }

    /** Inserts so many rows; they are durable when it returns. */
    void insert(List<TagRead> reads, int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            bind(reads.get(i % reads.size()));
            insert.addBatch();
            boolean commit = (i + 1) % ROWS_A_COMMIT == 0 || i + 1 == count;
            if (commit || (i + 1) % ROWS_A_BATCH == 0) {
                insert.executeBatch();
            }
            if (commit) {
                connection.commit();
            }
        }
    }

    private void bind(TagRead read) throws SQLException {
        insert.setLong(1, ++rows);
        insert.setInt(2, 16);
        insert.setInt(3, 1);
        insert.setLong(4, read.stamp().monotonicNanos());
        insert.setLong(5, read.stamp().utcNanos());
        insert.setLong(6, read.stamp().uncertaintyNanos());
        insert.setLong(7, read.stamp().momentUncertaintyNanos());
        insert.setInt(8, sources.computeIfAbsent(read.source(), unused -> sources.size() + 1));
        insert.setInt(9, read.antenna());
        insert.setString(10, read.chip().hex());
        insert.setInt(11, read.rssiCentiDbm().orElse(0));
        insert.setInt(12, 3);
        insert.setLong(13, read.readerTime().micros());
        insert.setLong(14, read.arrivalMonotonicNanos());
        insert.setInt(15, read.sightings());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
