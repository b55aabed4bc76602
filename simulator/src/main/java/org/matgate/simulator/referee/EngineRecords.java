package org.matgate.simulator.referee;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event.ReaderState;
import org.matgate.protocol.stream.JournalId;
import org.matgate.simulator.engine.SqliteEventStore;

/**
 * What an engine holds.
 *
 * @param gaps in no order
 */
record EngineRecords(List<HeldRead> reads, List<HeldGap> gaps) {
    private static final String READS = """
            SELECT journal.id AS journal, seq, reader, chip, antenna, rssi_centi_dbm,
              reader_time_base,
              reader_time_micros, utc_nanos, uncertainty_nanos, arrival_monotonic_nanos, stored_utc_nanos
            FROM event JOIN journal ON journal.number = event.journal
            WHERE chip IS NOT NULL ORDER BY key
            """;

    private static final String READER_STATES = """
            SELECT journal.id, seq FROM event JOIN journal ON journal.number = event.journal WHERE kind_number = 20
            """;

    /** @throws IOException if the file is not there or is not an engine's */
    static EngineRecords read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "the engine's database is not there");
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            List<HeldRead> reads = new ArrayList<>();
            try (ResultSet row = statement.executeQuery(READS)) {
                while (row.next()) {
                    reads.add(BoxJournal.read(row, row.getLong("stored_utc_nanos")));
                }
            }
            List<HeldGap> gaps = new ArrayList<>();
            try (SqliteEventStore store = new SqliteEventStore(file, () -> 0);
                    ResultSet row = statement.executeQuery(READER_STATES)) {
                while (row.next()) {
                    gaps.addAll(gaps(store, JournalId.parse(row.getString(1)), row.getLong(2)));
                }
            }
            return new EngineRecords(reads, gaps);
        } catch (SQLException e) {
            throw new IOException("cannot read the engine's database " + file + ": " + e.getMessage(), e);
        }
    }

    private static List<HeldGap> gaps(SqliteEventStore store, JournalId journal, long seq)
            throws SQLException, IOException {
        List<HeldGap> gaps = new ArrayList<>();
        for (Entry entry : store.entries(journal, seq, seq)) {
            if (entry.event() instanceof ReaderState state) {
                state.gaps().forEach(gap -> gaps.add(new HeldGap(state.reader().reader(), gap)));
            }
        }
        return gaps;
    }
}
