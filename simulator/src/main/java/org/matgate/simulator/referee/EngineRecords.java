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
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.simulator.clock.BootClock;
import org.matgate.simulator.engine.SqliteEventStore;

/**
 * What an engine holds.
 *
 * @param gaps in no order, on this machine's CLOCK_MONOTONIC
 * @param guns in no order
 * @param times what times of boxes mean, by all pieces of their maps that the engine holds
 */
record EngineRecords(List<HeldRead> reads, List<HeldGap> gaps, List<HeldGun> guns, BoxTimes times) {
    private static final String READS = """
            SELECT journal.id AS journal, seq, reader, chip, antenna, rssi_centi_dbm,
              reader_time_base, reader_time_micros, boot, monotonic_nanos, utc_nanos, uncertainty_nanos,
              moment_uncertainty_nanos, arrival_monotonic_nanos, stored_utc_nanos
            FROM entry JOIN journal ON journal.number = entry.journal
            WHERE chip IS NOT NULL ORDER BY key
            """;

    /** Guns, pieces of the clocks' maps, states of readers. */
    private static final String OTHERS = """
            SELECT journal.id, seq FROM event JOIN journal ON journal.number = event.journal
            WHERE kind_number IN (17, 19, 20)
            """;

    /**
     * Reads it.
     *
     * @param boots of the boxes' simulated clocks
     * @param marks reads, gaps and guns up to them are left out
     * @throws IOException if the file is not there or is not an engine's
     */
    static EngineRecords read(Path file, List<BootClock> boots, Marks marks) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "the engine's database is not there");
        }
        BoxTimes times = new BoxTimes(boots);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            List<Event> others = new ArrayList<>();
            List<Event> news = new ArrayList<>();
            others(file, statement, marks, others, news);
            // All pieces first: they restate everything.
            others.forEach(event -> {
                if (event instanceof Event.ClockState piece) {
                    times.add(piece);
                }
            });
            List<HeldRead> reads = new ArrayList<>();
            Pool pool = new Pool();
            try (ResultSet row = statement.executeQuery(READS)) {
                while (row.next()) {
                    if (marks.isBehind(row.getString("journal"), row.getLong("seq"))) {
                        reads.add(BoxJournal.read(row, row.getLong("stored_utc_nanos"), times, pool));
                    }
                }
            }
            return new EngineRecords(reads, gaps(news, times), guns(news, times), times);
        } catch (SQLException e) {
            throw new IOException("cannot read the engine's database " + file + ": " + e.getMessage(), e);
        }
    }

    /** @param news takes those behind the marks, {@code events} all */
    private static void others(Path file, Statement statement, Marks marks, List<Event> events, List<Event> news)
            throws SQLException, IOException {
        try (SqliteEventStore store = new SqliteEventStore(file, () -> 0);
                ResultSet row = statement.executeQuery(OTHERS)) {
            while (row.next()) {
                long seq = row.getLong(2);
                boolean behind = marks.isBehind(row.getString(1), seq);
                for (Entry entry : store.entries(JournalId.parse(row.getString(1)), seq, seq)) {
                    events.add(entry.event());
                    if (behind) {
                        news.add(entry.event());
                    }
                }
            }
        }
    }

    private static List<HeldGap> gaps(List<Event> events, BoxTimes times) {
        List<HeldGap> gaps = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Event.ReaderState state) {
                state.gaps()
                        .forEach(gap -> gaps.add(new HeldGap(
                                state.reader().reader(),
                                times.onThisMachine(state.stamp().bootId(), gap))));
            }
        }
        return gaps;
    }

    private static List<HeldGun> guns(List<Event> events, BoxTimes times) {
        List<HeldGun> guns = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Event.Gun gun) {
                guns.add(new HeldGun(gun.timingPoint(), times.time(gun.stamp()), gun.withinLockout()));
            }
        }
        return guns;
    }
}
