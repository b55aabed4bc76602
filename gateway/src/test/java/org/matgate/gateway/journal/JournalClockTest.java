package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.EventCodec;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.UtcTimeline;

/** What the journal keeps of the clock, and the times that its views show. */
@Timeout(60)
class JournalClockTest {
    private static final long UTC = 1_795_300_000_000_000_000L;

    @TempDir
    Path directory;

    @Test
    void theKindsThatTheTablesKnowAreTheCodecs() {
        assertThat(Schema.CLOCK_STATE).isEqualTo(EventCodec.kind(piece(SampleEvents.BOOT, 1, 0, 0, new Random(1))));
        assertThat(Schema.TAG_READ).isEqualTo(EventCodec.kind(SampleEvents.read(1)));
    }

    @Test
    void theViewsShowTheTimesThatAllPiecesGive() throws Exception {
        long seed = SampleEvents.seed();
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        UtcTimeline timeline = new UtcTimeline();
        for (int i = 0; i < 400; i++) {
            if (random.nextInt(10) == 0) {
                long from = random.nextInt(500_000);
                long until = random.nextBoolean() ? 0 : from + random.nextInt(200_000);
                UUID boot = random.nextInt(4) == 0 ? SampleEvents.OTHER_BOOT : SampleEvents.BOOT;
                ClockState piece = piece(boot, i, from, until, random);
                timeline.add(piece);
                events.add(piece);
            } else {
                events.add(SampleEvents.read(i));
            }
        }
        write(SampleEvents.BOOT, events);
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT seq, utc_nanos, uncertainty_nanos, clock_source,"
                        + " believed_utc_nanos, moment_uncertainty_nanos FROM read ORDER BY id")) {
            int rows = 0;
            while (row.next()) {
                Stamp believed = events.get(row.getInt(1) - 1).stamp();
                Stamp now = timeline.restate(believed);
                assertThat(row.getLong(2))
                        .as("seed %d, seq %d", seed, row.getInt(1))
                        .isEqualTo(now.utcNanos());
                long uncertainty = row.getLong(3);
                assertThat(row.wasNull()).isEqualTo(!now.synchronised());
                if (now.synchronised()) {
                    assertThat(uncertainty).isCloseTo(now.uncertaintyNanos(), within(1L));
                }
                assertThat(row.getString(4))
                        .isEqualToIgnoringCase(timeline.source(believed).name());
                assertThat(row.getLong(5)).isEqualTo(believed.utcNanos());
                assertThat(row.getLong(6)).isEqualTo(believed.momentUncertaintyNanos());
                rows++;
            }
            assertThat(rows).isEqualTo((int)
                    events.stream().filter(Event.TagRead.class::isInstance).count());
        }
    }

    @Test
    void theBootsPiecesAreFoundInWhateverJournalTheyAre() throws Exception {
        Random random = new Random(1);
        ClockState first = piece(SampleEvents.BOOT, 1, 0, 0, random);
        ClockState other = piece(SampleEvents.OTHER_BOOT, 2, 0, 0, random);
        ClockState second = piece(SampleEvents.BOOT, 3, 5, 0, random);
        write(SampleEvents.BOOT, List.of(first, SampleEvents.read(1), other));
        // Another box's name begins another journal.
        try (Journal journal = open(SampleEvents.BOOT, "another box")) {
            Commits commits = new Commits();
            journal.subscribe(commits);
            journal.offer(second);
            commits.await(1);
            assertThat(journal.clockStates(SampleEvents.BOOT)).containsExactly(first, second);
            assertThat(journal.clockStates(SampleEvents.OTHER_BOOT)).containsExactly(other);
            assertThat(journal.clockStates(new UUID(0, 1))).isEmpty();
        }
    }

    @Test
    void aFileOfTheFirstVersionIsBroughtUpToDate() throws Exception {
        Random random = new Random(2);
        ClockState old = piece(SampleEvents.BOOT, 0, 0, 0, random);
        Event.TagRead read = SampleEvents.read(7);
        firstVersion(read, EventCodec.body(old).toByteArray());
        try (Journal journal = open(SampleEvents.BOOT, "box")) {
            assertThat(journal.continued()).isTrue();
            assertThat(journal.read(journal.id(), 1, 9, 9))
                    .hasSize(2)
                    .first()
                    .satisfies(entry -> assertThat(entry.event().stamp().momentUncertaintyNanos())
                            .isZero());
            assertThat(journal.clockStates(SampleEvents.BOOT))
                    .singleElement()
                    .satisfies(piece -> assertThat(piece.anchorUtcNanos()).isEqualTo(old.anchorUtcNanos()));
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT utc_nanos FROM read")) {
            UtcTimeline timeline = new UtcTimeline();
            timeline.add(old);
            assertThat(row.next()).isTrue();
            assertThat(row.getLong(1)).isEqualTo(timeline.restate(read.stamp()).utcNanos());
        }
    }

    @Test
    void theBootsAreFoundPageByPage() throws Exception {
        List<Event> events = new ArrayList<>();
        int many = JournalFile.PAGE_EVENTS + 10;
        for (int i = 0; i < many; i++) {
            events.add(SampleEvents.read(i));
        }
        events.add(piece(SampleEvents.OTHER_BOOT, 7, 0, 0, new Random(3)));
        write(SampleEvents.BOOT, events);
        try (JournalFile file = JournalFile.open(directory)) {
            List<JournalFile.Boot> boots = file.boots();
            assertThat(boots).extracting(JournalFile.Boot::events).containsExactly((long) many, 1L);
            assertThat(boots.getFirst().firstMonotonicNanos())
                    .isEqualTo(events.stream()
                            .limit(many)
                            .mapToLong(event -> event.stamp().monotonicNanos())
                            .min()
                            .orElseThrow());
            assertThat(boots.getFirst().lastMonotonicNanos())
                    .isEqualTo(events.stream()
                            .limit(many)
                            .mapToLong(event -> event.stamp().monotonicNanos())
                            .max()
                            .orElseThrow());
            assertThat(boots.getLast().pieces()).hasSize(1);
        }
    }

    @Test
    void aDamagedPieceKeepsNoOldFileFromBeingOpened() throws Exception {
        firstVersion(SampleEvents.read(7), new byte[] {(byte) 0xff});
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            // Behind it: the last event is looked at closely.
            statement.executeUpdate("UPDATE event SET id = id + 2 WHERE kind = 16");
        }
        try (Journal journal = open(SampleEvents.BOOT, "box")) {
            assertThat(journal.clockStates(SampleEvents.BOOT)).isEmpty();
            assertThat(Commits.seqs(journal.read(journal.id(), 1, 9, 9))).containsExactly(3L);
        }
    }

    private void firstVersion(Event.TagRead read, byte[] pieceBody) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(Ddl.STEPS.getFirst());
            statement.executeUpdate(
                    "CREATE VIEW entry AS SELECT id FROM event; CREATE VIEW read AS SELECT id FROM entry");
            statement.executeUpdate("PRAGMA user_version = 1");
            statement.executeUpdate(
                    "INSERT INTO journal VALUES(1, '0000000000000000000000000000000a', 'box', 'machine', '"
                            + SampleEvents.BOOT + "', 1, 1)");
            statement.executeUpdate("INSERT INTO boot VALUES(1, '" + SampleEvents.BOOT + "')");
            statement.executeUpdate("INSERT INTO source VALUES(1, 'finish-a', 'finish', 'MAIN')");
            statement.executeUpdate("INSERT INTO event VALUES((1 << 40) + 1, 16, 1, "
                    + read.stamp().monotonicNanos() + ", 5, 250000, 1, 4, '"
                    + read.chip().hex() + "', -6150, 1, 7, 1007500, 1, NULL)");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO event(id, kind, boot, monotonic_nanos,"
                            + " utc_nanos, uncertainty_nanos, body) VALUES((1 << 40) + 2, 19, 1, 1, 2, 3, ?)")) {
                insert.setBytes(1, pieceBody);
                insert.executeUpdate();
            }
        }
    }

    private static ClockState piece(UUID boot, long edition, long from, long until, Random random) {
        boolean none = random.nextInt(4) == 0;
        long anchor = random.nextLong(1L << 46);
        return new ClockState(
                new Stamp(boot, edition, UTC, 9, 0),
                edition,
                1_000_000 + from,
                until == 0 ? 0 : 1_000_000 + until,
                anchor,
                anchor + 1,
                UTC + random.nextInt(1_000_000),
                random.nextLong(-500_000, 500_000),
                none ? Stamp.UNSYNCHRONISED : 1 + random.nextInt(5_000_000),
                random.nextInt(500_000),
                none ? ClockSource.NONE : (random.nextBoolean() ? ClockSource.KERNEL : ClockSource.CREW),
                "for a test");
    }

    private void write(UUID boot, List<? extends Event> events) throws Exception {
        try (Journal journal = open(boot, "box")) {
            Commits commits = new Commits();
            journal.subscribe(commits);
            events.forEach(journal::offer);
            commits.await(events.size());
        }
    }

    private Journal open(UUID boot, String box) throws IOException {
        return Journal.open(new Journal.Opening(directory, box, boot, "machine", 1, Duration.ZERO));
    }

    private Connection connect() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
    }
}
