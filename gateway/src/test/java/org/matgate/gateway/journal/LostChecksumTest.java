package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;

/** Damage of a byte that changes a row and takes its checksum away; rows of older versions never had one. */
@Timeout(60)
class LostChecksumTest {
    private static final int EVENTS = 50;
    private static final int HIT = 20;

    /** A read's record begins with the length of its header, itself among it, and the types of its 17 columns. */
    private static final int HEADER = 18;

    private static final int BODY_TYPE = 15;

    @TempDir
    Path data;

    @TempDir
    Path scratch;

    @Test
    void aReadThatChangedAndLostItsChecksumIsNotGiven() throws Exception {
        JournalId id = write();
        Path damaged = Files.createDirectory(scratch.resolve("damaged"));
        byte[] file = Files.readAllBytes(data.resolve("journal.db"));
        int at = record(file, indexOf(file, chip(HIT).getBytes(StandardCharsets.US_ASCII)));
        // NULL, becomes the first byte of a longer number: what follows moves up, and the checksum is taken for another
        // column.
        assertThat(file[at + BODY_TYPE]).isZero();
        file[at + BODY_TYPE] = (byte) 0x80;
        Files.write(damaged.resolve("journal.db"), file);
        assertLost(damaged, id);
    }

    private void assertLost(Path damaged, JournalId id) throws Exception {
        assertThat(JournalVerify.verify(damaged, unused -> {}).findings())
                .anySatisfy(
                        finding -> assertThat(finding).contains(":" + HIT + " cannot be read", "lost its checksum"));
        Salvage.Report report = Salvage.run(damaged.resolve("journal.db"), damaged.resolve("saved"));
        assertThat(report.journals().getFirst().lost().largest(9)).hasToString(String.valueOf(HIT));
        assertThat(report.damagedRows()).isEqualTo(1);
        try (Journal journal = open(damaged)) {
            assertThat(journal.read(id, 1, EVENTS, EVENTS))
                    .extracting(Entry::seq)
                    .hasSize(EVENTS - 1)
                    .doesNotContain((long) HIT);
            assertThat(journal.notice().orElseThrow().detail()).contains("checksum");
        }
    }

    @Test
    void whatAnOlderVersionWroteIsGivenAndSavedAndWhatFollowsIsHeldToIt() throws Exception {
        Path file = data.resolve("journal.db");
        UpgradeCutTest.write(file, 2);
        JournalId id = write();
        for (String note : List.of("SELECT 1", "DELETE FROM spare WHERE of = 'unchecked'")) {
            execute(file, note);
            assertThat(old(data, file)).isEqualTo(UpgradeCutTest.EVENTS);
        }
        Path copied = Files.createDirectory(scratch.resolve("copied"));
        execute(
                file,
                "INSERT INTO spare(of, row, first, second, third) SELECT 'unchecked', max(id), max(id), '', ''"
                        + " FROM event WHERE checksum IS NULL");
        JournalCopy.copy(data, copied.resolve("journal.db"), unused -> {});
        assertThat(old(copied, copied.resolve("journal.db"))).isEqualTo(UpgradeCutTest.EVENTS);
        for (String note : List.of("SELECT 1", "DELETE FROM spare WHERE of = 'unchecked'")) {
            execute(file, note);
            execute(file, "UPDATE event SET checksum = NULL WHERE chip = '" + chip(HIT) + "' AND checksum IS NOT NULL");
            assertThat(JournalVerify.verify(data, unused -> {}).findings()).hasSize(1);
        }
        assertThat(id).isNotEqualTo(UpgradeCutTest.OLD);
    }

    /** How many of the older version's events are given, if as many can be saved. */
    private long old(Path directory, Path file) throws Exception {
        assertThat(JournalVerify.verify(directory, unused -> {}).findings()).isEmpty();
        Salvage.Report report = Salvage.run(file, Files.createTempDirectory(scratch, "saved"));
        assertThat(report.damagedRows()).isZero();
        return report.journals().getFirst().events();
    }

    private JournalId write() throws Exception {
        try (Journal journal = open(data)) {
            Commits commits = new Commits();
            journal.subscribe(commits);
            for (int i = 1; i <= EVENTS; i++) {
                journal.offer(SampleEvents.read(i));
            }
            commits.await(EVENTS);
            return journal.id();
        }
    }

    private static String chip(int seq) {
        return SampleEvents.read(seq).chip().hex();
    }

    /** Where the record with this chip begins. */
    private static int record(byte[] file, int chip) {
        int at = chip;
        while (file[at] != HEADER || file[at + 1] != 0 || file[at + 2] != 1) {
            at--;
        }
        return at;
    }

    private static int indexOf(byte[] file, byte[] text) {
        return new String(file, StandardCharsets.ISO_8859_1).indexOf(new String(text, StandardCharsets.ISO_8859_1));
    }

    private static void execute(Path file, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Journal open(Path directory) throws Exception {
        return Journal.open(new Journal.Opening(directory, "box", UUID.randomUUID(), "other", 1, Duration.ZERO));
    }
}
