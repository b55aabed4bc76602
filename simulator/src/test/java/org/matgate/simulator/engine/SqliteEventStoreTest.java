package org.matgate.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

@Timeout(60)
final class SqliteEventStoreTest {
    private static final JournalId A = new JournalId(-1, 1);
    private static final JournalId B = new JournalId(2, -2);
    private static final UUID BOOT = new UUID(3, 4);
    private static final Source MAT = new Source("mat", "finish", Source.Line.BACKUP);
    private static final Stamp STAMP = new Stamp(BOOT, 5, 1_767_225_600_000_000_007L, 8, 3);

    @TempDir
    Path directory;

    private SqliteEventStore open() throws IOException {
        return new SqliteEventStore(directory.resolve("engine.db"), () -> 99);
    }

    private static Event read(long n) {
        return new Event.TagRead(
                STAMP,
                MAT,
                2,
                new Chip("00A1"),
                OptionalInt.of(-4_510),
                new ReaderTime(ReaderTime.Base.CIVIL, n),
                6,
                1);
    }

    private static Batch reads(JournalId journal, long first, long last) {
        return new Batch(
                "box",
                BOOT,
                journal,
                LongStream.rangeClosed(first, last)
                        .mapToObj(seq -> new Entry(seq, read(seq)))
                        .toList());
    }

    /** Stores the seqs as the server would. */
    private static void store(SqliteEventStore store, JournalId journal, long first, long last) throws SQLException {
        SeqRanges held = store.held(journal);
        store.store(reads(journal, first, last), new LedgerDelta(journal, held, held.plus(first, last)));
    }

    @Test
    void holdsWhatItStoredAcrossARestart() throws Exception {
        try (SqliteEventStore store = open()) {
            assertThat(store.held(A).isEmpty()).isTrue();
            store(store, A, 1, 10);
            store(store, A, 20, 30);
            store(store, B, 5, 6);
            store(store, A, 11, 19);
        }
        try (SqliteEventStore store = open()) {
            assertThat(store.held(A)).isEqualTo(SeqRanges.of(1, 30));
            assertThat(store.held(B)).isEqualTo(SeqRanges.of(5, 6));
            assertThat(store.entries(A, 9, 12)).extracting(Entry::seq).containsExactly(9L, 10L, 11L, 12L);
            assertThat(store.size()).isEqualTo(32);
        }
    }

    @Test
    void everyKindComesBackAsItWas() throws Exception {
        Stamp unsynchronised = new Stamp(BOOT, 1, -5, Stamp.UNSYNCHRONISED, 4);
        List<Event> events = List.of(
                read(0),
                new Event.TagRead(unsynchronised, MAT, 0, new Chip("FF"), OptionalInt.empty(), ReaderTime.NONE, 1, 12),
                new Event.Gun(STAMP, "start", "GPIO17", true, false, 3),
                new Event.Mark(unsynchronised, "", "", false, 0),
                new Event.ClockState(STAMP, 11, 1, 0, 2, 3, 4, -5, 6, 7, Event.ClockSource.CHRONY, "stepped"),
                new Event.ReaderState(STAMP, MAT, Event.ReaderPhase.DEGRADED, "slow", List.of()),
                new Event.AntennaState(STAMP, MAT, 3, Event.AntennaCondition.DISCONNECTED, "off"),
                new Event.BoxState(STAMP, Event.BoxCondition.READS_LOST, "box", "matgate", true, "", Map.of("mat", 4L)),
                new Event.Unknown(STAMP, 4_000, ByteString.copyFromUtf8("new")),
                new Event.Unknown(STAMP, 4_001, ByteString.EMPTY));
        List<Entry> entries = new ArrayList<>();
        for (Event event : events) {
            entries.add(new Entry(entries.size() + 1, event));
        }
        try (SqliteEventStore store = open()) {
            store.store(
                    new Batch("box", BOOT, A, entries),
                    new LedgerDelta(A, SeqRanges.EMPTY, SeqRanges.of(1, entries.size())));
            assertThat(store.entries(A, 1, 100)).isEqualTo(entries);
        }
    }

    @Test
    void aSecondEventOfOneNameIsAnErrorAndChangesNothing() throws Exception {
        try (SqliteEventStore store = open()) {
            store(store, A, 1, 10);
            LedgerDelta delta = new LedgerDelta(A, SeqRanges.of(1, 10), SeqRanges.of(1, 15));
            assertThatThrownBy(() -> store.store(reads(A, 10, 15), delta)).isInstanceOf(SQLException.class);
            List<Entry> lateDuplicate = new ArrayList<>(reads(A, 11, 15).entries());
            lateDuplicate.addAll(reads(A, 10, 10).entries());
            assertThatThrownBy(() -> store.store(new Batch("box", BOOT, A, lateDuplicate), delta))
                    .isInstanceOf(SQLException.class);
            assertThat(store.held(A)).isEqualTo(SeqRanges.of(1, 10));
            assertThat(store.size()).isEqualTo(10);
            store(store, A, 11, 15);
            assertThat(store.size()).as("it works on").isEqualTo(15);
        }
    }

    @Test
    void aLedgerThatIsNotWhatTheServerThinksIsAnErrorAndChangesNothing() throws Exception {
        try (SqliteEventStore store = open()) {
            store(store, A, 1, 10);
            LedgerDelta stale = new LedgerDelta(A, SeqRanges.of(1, 8), SeqRanges.of(1, 20));
            assertThatThrownBy(() -> store.store(reads(A, 11, 20), stale)).hasMessageContaining("does not hold");
            assertThat(store.size()).isEqualTo(10);
        }
    }

    @Test
    void forgetsEventsAndLedgerTogether() throws Exception {
        try (SqliteEventStore store = open()) {
            store(store, A, 1, 30);
            store(store, B, 1, 30);
            SeqRanges after = SeqRanges.of(1, 9).plus(13, 30);
            store.forget(new LedgerDelta(A, SeqRanges.of(1, 30), after));
            assertThat(store.held(A)).isEqualTo(after);
            assertThat(store.entries(A, 1, 30)).hasSize(27);
            assertThat(store.entries(B, 1, 30)).hasSize(30);
            store(store, A, 10, 12);
            assertThat(store.held(A)).isEqualTo(SeqRanges.of(1, 30));
        }
    }

    /** Its header counts how often it did: SQLite's file format, "WAL Header Format". */
    @Test
    void theLogBeginsAnewWhileMoreAndMoreIsStored() throws Exception {
        Path file = directory.resolve("engine.db");
        long first = 1;
        try (SqliteEventStore store = new SqliteEventStore(file, () -> 1)) {
            Path log = file.resolveSibling("engine.db-wal");
            int beginning = 0;
            for (int began = 0; began < 3 && first < 10_000_000; first += 500) {
                store(store, A, first, first + 499);
                int now = checkpointSequence(log);
                began += now != beginning ? 1 : 0;
                beginning = now;
            }
            assertThat(first).as("stored before the log had begun anew twice").isLessThan(10_000_000);
        }
        try (SqliteEventStore store = new SqliteEventStore(file, () -> 1)) {
            assertThat(store.held(A)).isEqualTo(SeqRanges.of(1, first - 1));
            assertThat(store.size()).isEqualTo(first - 1);
        }
    }

    private static int checkpointSequence(Path log) throws IOException {
        try (var in = new DataInputStream(Files.newInputStream(log))) {
            in.skipNBytes(12);
            return in.readInt();
        }
    }

    @Test
    void whatAKilledProcessLeftBehindIsWhole() throws Exception {
        Path killed = directory.resolve("killed");
        try (SqliteEventStore store = open()) {
            store(store, A, 1, 10);
            store(store, A, 11, 20);
            // The files as a kill leaves them: the log of writes is there and not yet worked in.
            Files.createDirectory(killed);
            for (String name : List.of("engine.db", "engine.db-wal")) {
                Files.copy(directory.resolve(name), killed.resolve(name));
            }
        }
        // Killed before the last commit had reached the disk as a whole.
        Path wal = killed.resolve("engine.db-wal");
        byte[] bytes = Files.readAllBytes(wal);
        for (int cut : new int[] {0, 1, 4_000, 8_000}) {
            Path copy = Files.createDirectory(directory.resolve("cut-" + cut));
            Files.copy(killed.resolve("engine.db"), copy.resolve("engine.db"));
            Files.write(copy.resolve("engine.db-wal"), java.util.Arrays.copyOf(bytes, bytes.length - cut));
            try (SqliteEventStore store = new SqliteEventStore(copy.resolve("engine.db"), () -> 1)) {
                long last = cut == 0 ? 20 : 10;
                assertThat(store.held(A)).isEqualTo(SeqRanges.of(1, last));
                assertThat(store.size()).isEqualTo(last);
            }
        }
    }

    @Test
    void timesAreShownAsTheyAreKnownByNow() throws Exception {
        try (SqliteEventStore store = open()) {
            store(store, A, 1, 1);
            assertThat(timeOfTheRead()).isEqualTo(STAMP.utcNanos() + " 8 none " + STAMP.utcNanos() + " 8");
            Event.ClockState piece =
                    new Event.ClockState(STAMP, 11, 0, 0, 2, 2, 1_000, 0, 6, 0, Event.ClockSource.CHRONY, "learned");
            Event.ClockState later =
                    new Event.ClockState(STAMP, 12, 0, 5, 2, 2, 9_000, 0, 6, 0, Event.ClockSource.CREW, "elsewhere");
            store.store(
                    new Batch("box", BOOT, B, List.of(new Entry(7, piece), new Entry(8, later))),
                    new LedgerDelta(B, SeqRanges.EMPTY, SeqRanges.of(7, 8)));
            // 3 ns after the anchor; 6 of the clock and 3 of the moment, rounded up.
            assertThat(timeOfTheRead()).isEqualTo("1003 10 chrony " + STAMP.utcNanos() + " 8");
            store.forget(new LedgerDelta(B, SeqRanges.of(7, 8), SeqRanges.of(8, 8)));
            assertThat(timeOfTheRead()).isEqualTo(STAMP.utcNanos() + " 8 none " + STAMP.utcNanos() + " 8");
        }
    }

    private String timeOfTheRead() throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("engine.db"));
                Statement statement = other.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT utc_nanos || ' ' || uncertainty_nanos || ' ' || clock_source"
                                + " || ' ' || believed_utc_nanos || ' ' || believed_uncertainty_nanos FROM read")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void aPersonCanReadIt() throws Exception {
        try (SqliteEventStore store = open()) {
            store(store, A, 1, 1);
            // While the engine has the file open.
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("engine.db"));
                    Statement statement = other.createStatement();
                    ResultSet row = statement.executeQuery("SELECT * FROM read")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString("box")).isEqualTo("box");
                assertThat(row.getString("utc")).isEqualTo("2026-01-01 00:00:00.000000007");
                assertThat(row.getString("chip")).isEqualTo("00A1");
                assertThat(row.getString("line")).isEqualTo("BACKUP");
                assertThat(row.getDouble("rssi_dbm")).isEqualTo(-45.1);
                assertThat(row.getString("reader_time_base")).isEqualTo("CIVIL");
                assertThat(row.getString("journal")).isEqualTo(A.toString());
                assertThat(row.getLong("stored_utc_nanos")).isEqualTo(99);
            }
        }
    }

    @Test
    void otherFilesAreRefused() throws Exception {
        Path text = Files.writeString(directory.resolve("notes.txt"), "not a database, but a text\n".repeat(100));
        assertThatThrownBy(() -> new SqliteEventStore(text, () -> 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("notes.txt");
        Path foreign = directory.resolve("foreign.db");
        Path newer = directory.resolve("newer.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + foreign);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE t (x)");
        }
        assertThatThrownBy(() -> new SqliteEventStore(foreign, () -> 1)).hasMessageContaining("another program");
        new SqliteEventStore(newer, () -> 1).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + newer);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA user_version = 4");
        }
        assertThatThrownBy(() -> new SqliteEventStore(newer, () -> 1)).hasMessageContaining("has version 4");
    }
}
