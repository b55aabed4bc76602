package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Stamp;

/** Each promise of the file, broken by hand. */
@Timeout(120)
class JournalVerifyTest {
    private static final int READS = JournalFile.PAGE_ENTRIES + 10;

    /** The gun comes behind all reads, the piece of the clock behind it. */
    private static final int GUN = READS + 1;

    @TempDir
    Path directory;

    JournalVerifyTest() {}

    @BeforeEach
    void write() throws Exception {
        Stamp stamp = new Stamp(SampleEvents.BOOT, 5, 5, 9, 0);
        try (Journal journal = open()) {
            Commits commits = new Commits();
            journal.subscribe(commits);
            for (int i = 0; i < READS; i++) {
                journal.offer(SampleEvents.read(i));
            }
            journal.offer(new Event.Gun(stamp, "start", "GPIO17", true, false, 0));
            journal.offer(new Event.ClockState(
                    stamp, 1, 1, 0, 1, 1, 5, 0, Stamp.UNSYNCHRONISED, 0, ClockSource.NONE, "started"));
            commits.await(GUN + 1);
        }
    }

    @Test
    void aSoundFileIsCalledSo() throws Exception {
        assertThat(findings()).isEmpty();
        try (Journal journal = open()) {
            JournalVerify.Result result = JournalVerify.verify(directory, seen -> {});
            assertThat(result.structure()).as("%s is written to", journal.id()).isFalse();
            assertThat(result.findings()).isEmpty();
            assertThat(result.events()).isEqualTo(GUN + 1);
        }
    }

    @Test
    void eventsThatAreMissingAreFound() throws Exception {
        change("DELETE FROM event WHERE id & 0xFFFFFFFFFF BETWEEN 100 AND 101");
        assertThat(findings()).singleElement().asString().contains(":102 follows seq 99: 2 events are missing");
        change("DELETE FROM event WHERE id & 0xFFFFFFFFFF < 100");
        assertThat(findings()).singleElement().asString().contains(":102 is its first", "101 events are lost");
    }

    @Test
    void damagedEventsAreFoundEachByItsNumber() throws Exception {
        change(
                "UPDATE event SET body = x'ff' WHERE kind = 17",
                "UPDATE event SET chip = 'E28' WHERE rowid & 0x7FF = 7");
        assertThat(findings())
                .hasSize(3)
                .anySatisfy(finding -> assertThat(finding).contains(":" + GUN + " cannot be read"))
                .anySatisfy(finding -> assertThat(finding).contains(":7 cannot be read"))
                .anySatisfy(finding -> assertThat(finding).contains(":2055 cannot be read"));
    }

    @Test
    void bootsAndReadersThatAreNotThereAreFoundAndNotToldForEver() throws Exception {
        change("DELETE FROM source");
        JournalVerify.Result result = JournalVerify.verify(directory, seen -> {});
        assertThat(result.findings())
                .hasSize(20)
                .allSatisfy(finding -> assertThat(finding).contains("has no row 1"));
        assertThat(result.findings().size() + result.untold()).isEqualTo(READS);
    }

    @Test
    void piecesOfTheClockThatDifferFromTheirEventsAreFound() throws Exception {
        change("UPDATE clock_piece SET rate_ppb = 7");
        assertThat(findings()).singleElement().asString().contains(":" + (GUN + 1), "stands otherwise");
        change("UPDATE clock_piece SET event = event - 1");
        assertThat(findings())
                .hasSize(2)
                .anySatisfy(finding -> assertThat(finding).contains("is not in the table clock_piece"))
                .anySatisfy(finding -> assertThat(finding).contains(":" + GUN + ", which is no piece"));
    }

    private List<String> findings() throws Exception {
        return JournalVerify.verify(directory, seen -> {}).findings();
    }

    private void change(String... statements) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.executeUpdate(one);
            }
        }
    }

    private Journal open() throws Exception {
        return Journal.open(new Journal.Opening(directory, "box", SampleEvents.BOOT, "machine", 1, Duration.ZERO));
    }
}
