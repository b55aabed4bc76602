package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;

/** A process dies, or the power fails, while a file of an older version is brought up to date. */
@Timeout(180)
class UpgradeCutTest {
    /** Each instant once by a kill and once by a power cut in any case, what is more at random. */
    private static final int CUTS = Integer.getInteger("cuts", 0);

    static final int EVENTS = 300;
    static final JournalId OLD = new JournalId(0, 10);

    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whereverItEndsEverythingIsThereAndTheNextStartGoesOn(int version) throws Exception {
        Random random = new Random(SampleEvents.seed());
        Path data = Files.createDirectory(scratch.resolve("data"));
        write(data.resolve("journal.db"), version);
        List<FaultyDisk.Step> steps = new ArrayList<>();
        steps.add(new FaultyDisk.Step('w', "journal.db", 0, Files.readAllBytes(data.resolve("journal.db"))));
        steps.add(new FaultyDisk.Step('s', "journal.db", 0, new byte[0]));
        try (FaultyDisk disk =
                new FaultyDisk(FaultyDisk.library(scratch), scratch, data, true, SampleEvents.OTHER_BOOT)) {
            disk.offer(1);
            // It begins a journal, as this is another boot.
            disk.await(1);
            steps.addAll(disk.steps());
        }
        int instants = steps.size() - 2;
        int cuts = Math.max(CUTS, 2 * instants);
        int upgraded = 0;
        for (int cut = 0; cut < cuts; cut++) {
            int instant = cut < 2 * instants ? cut / 2 : random.nextInt(instants);
            List<FaultyDisk.Step> before = steps.subList(2, 2 + instant);
            boolean killed = cut % 2 == 0;
            Path wreck = Files.createTempDirectory(scratch, "wreck");
            new Wreck(random, 0)
                    .play(steps.subList(0, 2))
                    .play(killed ? synced(before) : before)
                    .write(wreck);
            upgraded += account(wreck);
        }
        assertThat(upgraded).as("some ended before the upgrade, some behind it").isBetween(1, cuts - 1);
    }

    /** A killed process leaves what it wrote. */
    private static List<FaultyDisk.Step> synced(List<FaultyDisk.Step> steps) {
        List<FaultyDisk.Step> all = new ArrayList<>();
        for (FaultyDisk.Step step : steps) {
            all.add(step);
            all.add(new FaultyDisk.Step('s', step.file(), 0, new byte[0]));
        }
        return all;
    }

    /** Opens what is left, in another boot; 1 if it was of the present version already. */
    private int account(Path data) throws Exception {
        int version;
        try (Connection connection = connect(data.resolve("journal.db"));
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            row.next();
            version = row.getInt(1);
        }
        try (Journal journal = Journal.open(
                new Journal.Opening(data, "box", UUID.randomUUID(), "machine", 1, Duration.ZERO, 1_000_000, true))) {
            List<Entry> all = journal.read(OLD, 1, EVENTS, EVENTS);
            assertThat(all).hasSize(EVENTS);
            for (Entry entry : all) {
                assertThat(((Event.TagRead) entry.event()).chip())
                        .isEqualTo(SampleEvents.read(entry.seq()).chip());
            }
            assertThat(data.resolve("journal-damaged-1.db")).doesNotExist();
            Commits commits = new Commits();
            journal.subscribe(commits);
            journal.offer(SampleEvents.read(1));
            commits.await(1);
        }
        return version == Schema.VERSION ? 1 : 0;
    }

    private static Connection connect(Path file) throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    /** As a matgate of that version left it. */
    static void write(Path file, int version) throws Exception {
        try (Connection connection = connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            connection.setAutoCommit(false);
            for (String step : Ddl.STEPS.subList(0, version)) {
                statement.executeUpdate(step);
            }
            statement.executeUpdate(
                    "CREATE VIEW entry AS SELECT id FROM event; CREATE VIEW read AS SELECT id FROM entry");
            statement.executeUpdate("PRAGMA user_version = " + version);
            statement.executeUpdate("INSERT INTO journal VALUES(1, '" + OLD + "', 'box', 'machine', '"
                    + SampleEvents.BOOT + "', 1, 1)");
            statement.executeUpdate("INSERT INTO boot VALUES(1, '" + SampleEvents.BOOT + "')");
            statement.executeUpdate("INSERT INTO source VALUES(1, 'finish-a', 'finish', 'MAIN')");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO event(id, kind, boot,"
                    + " monotonic_nanos, utc_nanos, uncertainty_nanos, source, antenna, chip, rssi_centi_dbm,"
                    + " reader_time_base, reader_time_micros, arrival_monotonic_nanos, sightings)"
                    + " VALUES((1 << 40) + ?, 16, 1, 1, 5, 250000, 1, 4, ?, -6150, 1, 7, 1007500, 1)")) {
                for (long seq = 1; seq <= EVENTS; seq++) {
                    insert.setLong(1, seq);
                    insert.setString(2, SampleEvents.read(seq).chip().hex());
                    insert.executeUpdate();
                }
            }
            connection.commit();
        }
    }
}
