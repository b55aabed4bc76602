package org.matgate.simulator.referee;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.receiver.Batch;
import org.matgate.protocol.receiver.LedgerDelta;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;
import org.matgate.simulator.engine.SqliteEventStore;

/** What happens behind the engine's back to a store of the real engine. */
class EarlierEventsTest {
    private static final JournalId JOURNAL = new JournalId(1, 2);
    private static final UUID BOOT = new UUID(3, 4);

    @TempDir
    Path directory;

    private Path engine;

    @BeforeEach
    void anEngineHoldsHundredReads() throws Exception {
        engine = directory.resolve("engine.db");
        store(SeqRanges.EMPTY, 1, 100);
    }

    private void store(SeqRanges before, long first, long last) throws Exception {
        List<Entry> entries = new ArrayList<>();
        for (long seq = first; seq <= last; seq++) {
            entries.add(new Entry(seq, read(seq)));
        }
        SeqRanges after = before.plus(first, last);
        try (SqliteEventStore store = new SqliteEventStore(engine, () -> 5)) {
            store.store(new Batch("box", BOOT, JOURNAL, entries), new LedgerDelta(JOURNAL, before, after));
        }
    }

    private static Event read(long n) {
        return new Event.TagRead(
                new Stamp(BOOT, n * 1_000_000, n * 1_000_000, 1000, 10),
                new Source("mat", "finish", Source.Line.MAIN),
                1,
                new Chip("00" + (100 + n) + "A"),
                OptionalInt.of(-5000),
                new ReaderTime(ReaderTime.Base.UTC, n),
                n * 1_000_000,
                1);
    }

    private void behindItsBack(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + engine);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    @Test
    void whatComesBehindIsNoChange() throws Exception {
        EarlierEvents earlier = EarlierEvents.of(engine);
        store(SeqRanges.of(1, 100), 101, 150);
        assertThat(earlier.changes(engine)).isEmpty();
        assertThat(earlier.marks().isBehind(JOURNAL.toString(), 100)).isFalse();
        assertThat(earlier.marks().isBehind(JOURNAL.toString(), 101)).isTrue();
        assertThat(earlier.marks().isBehind("another", 1)).isTrue();
    }

    @Test
    void anEventThatVanishesIsFound() throws Exception {
        EarlierEvents earlier = EarlierEvents.of(engine);
        behindItsBack("DELETE FROM event WHERE seq = 17");
        assertThat(earlier.changes(engine)).singleElement().asString().contains("100", "99");
    }

    @Test
    void anEventThatIsChangedIsFound() throws Exception {
        EarlierEvents earlier = EarlierEvents.of(engine);
        behindItsBack("UPDATE event SET utc_nanos = utc_nanos + 1 WHERE seq = 17");
        assertThat(earlier.changes(engine)).singleElement().asString().contains("other content");
    }

    /** An event that is there once more has another number, as two of one number cannot be: it counts as one of now. */
    @Test
    void anEventThatIsDoubledIsOneThatNobodySent() throws Exception {
        EarlierEvents earlier = EarlierEvents.of(engine);
        behindItsBack("INSERT INTO event(key, kind_number, boot, monotonic_nanos, utc_nanos, uncertainty_nanos,"
                + " moment_uncertainty_nanos, stored_utc_nanos, source, antenna, chip, rssi_centi_dbm,"
                + " reader_time_base, reader_time_micros, arrival_monotonic_nanos, sightings, body)"
                + " SELECT key + 100, kind_number, boot, monotonic_nanos, utc_nanos, uncertainty_nanos,"
                + " moment_uncertainty_nanos, stored_utc_nanos, source, antenna, chip, rssi_centi_dbm,"
                + " reader_time_base, reader_time_micros, arrival_monotonic_nanos, sightings, body"
                + " FROM event WHERE seq = 17");
        assertThat(earlier.changes(engine)).isEmpty();
        assertThat(EngineRecords.read(engine, List.of(), earlier.marks()).reads())
                .singleElement()
                .satisfies(held -> assertThat(held.seq()).isEqualTo(117));
    }
}
