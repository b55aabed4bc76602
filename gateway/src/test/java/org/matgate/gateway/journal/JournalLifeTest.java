package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;

/** When journals begin and when they go on. A copy of the live files stands for what a kill or a power cut leaves. */
@Timeout(60)
class JournalLifeTest {
    private static final Source SPLIT = new Source("split", "10 km", Source.Line.BACKUP);

    @TempDir
    Path directory;

    @TempDir
    Path copy;

    @Test
    void aCleanCloseIsGoneOnFromInItsBoot() throws Exception {
        JournalId id = write(directory, SampleEvents.BOOT, 3);
        try (Journal journal = open(directory, SampleEvents.BOOT)) {
            assertThat(journal.continued()).isTrue();
            assertThat(journal.id()).isEqualTo(id);
            assertThat(append(journal, 1)).containsExactly(4L);
        }
    }

    /** The disk may be a copy, closed in order, of one whose journal has gone on since. */
    @Test
    void aCleanCloseInAnotherBootBeginsAJournal() throws Exception {
        JournalId old = write(directory, SampleEvents.BOOT, 3);
        try (Journal journal = open(directory, SampleEvents.OTHER_BOOT)) {
            assertThat(journal.continued()).isFalse();
            assertThat(append(journal, 1)).containsExactly(1L);
            assertThat(journal.lastHeardMonotonicNanos("finish-a")).isEmpty();
            assertThat(journal.journals())
                    .containsExactly(new JournalSummary(journal.id(), 1, 1), new JournalSummary(old, 1, 3));
        }
    }

    @Test
    void aKilledProcessIsGoneOnFromInItsBoot() throws Exception {
        JournalId id = leaveBehind(3);
        try (Journal journal = open(copy, SampleEvents.BOOT)) {
            assertThat(journal.continued()).isTrue();
            assertThat(journal.id()).isEqualTo(id);
            assertThat(append(journal, 2)).containsExactly(4L, 5L);
        }
    }

    @Test
    void anUncleanEndInAnotherBootBeginsAJournalAndKeepsTheOld() throws Exception {
        JournalId old = leaveBehind(3);
        try (Journal journal = open(copy, SampleEvents.OTHER_BOOT)) {
            assertThat(journal.continued()).isFalse();
            assertThat(journal.id()).isNotEqualTo(old);
            assertThat(journal.lastHeardMonotonicNanos("finish-a")).isEmpty();
            assertThat(append(journal, 2)).containsExactly(1L, 2L);
            assertThat(journal.journals())
                    .containsExactly(new JournalSummary(journal.id(), 1, 2), new JournalSummary(old, 1, 3));
            assertThat(Commits.events(journal.read(old, 1, 99, 99)))
                    .containsExactly(SampleEvents.read(0), SampleEvents.read(1), SampleEvents.read(2));
            assertThat(journal.read(journal.id(), 1, 99, 99)).hasSize(2);
        }
    }

    @Test
    void aContinuedJournalIsOpenAgainUntilItsNextCleanClose() throws Exception {
        JournalId id = write(directory, SampleEvents.BOOT, 3);
        assertThat(closed(directory)).isTrue();
        try (Journal journal = open(directory, SampleEvents.BOOT)) {
            assertThat(journal.id()).isEqualTo(id);
            // Nothing was appended, yet what was closed is open now.
            assertThat(closed(directory)).isFalse();
        }
        assertThat(closed(directory)).isTrue();
    }

    @Test
    void anotherMachineOrBoxBeginsAJournal() throws Exception {
        JournalId first = write(directory, SampleEvents.BOOT, 3);
        JournalId second;
        try (Journal journal = open(directory, SampleEvents.BOOT, "box", "another machine")) {
            assertThat(journal.continued()).isFalse();
            second = journal.id();
        }
        try (Journal journal = open(directory, SampleEvents.BOOT, "another box", "another machine")) {
            assertThat(journal.continued()).isFalse();
            assertThat(journal.journals().stream().map(JournalSummary::id))
                    .containsExactly(journal.id(), second, first);
        }
    }

    @Test
    void afterAKillItIsKnownWhenEachReaderWasLastHeard() throws Exception {
        try (Journal journal = open(directory, SampleEvents.BOOT)) {
            Commits commits = new Commits();
            journal.subscribe(commits);
            journal.offer(SampleEvents.read(SampleEvents.FINISH, 10));
            journal.offer(SampleEvents.read(SPLIT, 11));
            journal.offer(SampleEvents.read(SampleEvents.FINISH, 12));
            journal.offer(SampleEvents.readerState(SPLIT, 1_013_500, "still there"));
            commits.await(4);
            snapshot();
        }
        try (Journal journal = open(copy, SampleEvents.BOOT)) {
            assertThat(journal.lastHeardMonotonicNanos("finish-a")).isEqualTo(OptionalLong.of(1_012_000));
            assertThat(journal.lastHeardMonotonicNanos("split")).isEqualTo(OptionalLong.of(1_013_500));
            assertThat(journal.lastHeardMonotonicNanos("never heard")).isEqualTo(OptionalLong.of(1_010_000));
        }
    }

    @Test
    void alsoAfterACleanStopNobodyListened() throws Exception {
        write(directory, SampleEvents.BOOT, 3);
        try (Journal journal = open(directory, SampleEvents.BOOT)) {
            assertThat(journal.lastHeardMonotonicNanos("finish-a"))
                    .isEqualTo(OptionalLong.of(SampleEvents.read(2).stamp().monotonicNanos()));
        }
    }

    @Test
    void whatAnEarlierBootHeardDoesNotCount() throws Exception {
        // An older version went on with a journal in another boot.
        write(directory, SampleEvents.BOOT, 5);
        execute("UPDATE journal SET boot = '" + SampleEvents.OTHER_BOOT + "'");
        try (Journal journal = open(directory, SampleEvents.OTHER_BOOT)) {
            assertThat(journal.continued()).isTrue();
            assertThat(journal.lastHeardMonotonicNanos("finish-a")).isEmpty();
        }
    }

    @Test
    void theSearchForTheLastWordsIsBounded() throws Exception {
        try (Journal journal = open(directory, SampleEvents.BOOT)) {
            Commits commits = new Commits();
            journal.subscribe(commits);
            journal.offer(SampleEvents.read(SPLIT, 0));
            for (int i = 1; i <= LastHeard.MOST_EVENTS; i++) {
                while (!journal.offer(SampleEvents.read(i))) {
                    Thread.onSpinWait();
                }
            }
            commits.await(1 + LastHeard.MOST_EVENTS);
            snapshot();
        }
        try (Journal journal = open(copy, SampleEvents.BOOT)) {
            Event.TagRead oldest = SampleEvents.read(1);
            assertThat(journal.lastHeardMonotonicNanos("split"))
                    .isEqualTo(OptionalLong.of(oldest.stamp().monotonicNanos()));
        }
    }

    @Test
    void onlyOneMayHoldIt() throws Exception {
        try (Journal journal = open(directory, SampleEvents.BOOT)) {
            assertThatThrownBy(() -> open(directory, SampleEvents.BOOT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(directory.resolve("journal.lock") + " is held by this process");
            assertThat(append(journal, 1)).containsExactly(1L);
            assertThat(JournalChild.run(copy, directory, SampleEvents.BOOT).output())
                    .contains("journal.lock is held by process "
                            + ProcessHandle.current().pid());
        }
        try (Journal journal = open(directory, SampleEvents.BOOT)) {
            assertThat(journal.continued()).isTrue();
        }
    }

    @Test
    void aFileOfANewerVersionIsLeftAlone() throws Exception {
        write(directory, SampleEvents.BOOT, 3);
        execute("PRAGMA user_version = 4");
        execute("INSERT INTO spare(of, row, first, second, third) VALUES('version', 4, '', '', '')");
        byte[] before = Files.readAllBytes(directory.resolve("journal.db"));
        assertThatThrownBy(() -> open(directory, SampleEvents.BOOT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("journal.db is of version 4, this matgate knows versions up to 3");
        assertThat(directory.resolve("journal.db")).hasBinaryContent(before);
        execute("PRAGMA user_version = 3");
        try (Journal journal = open(directory, SampleEvents.BOOT)) {
            assertThat(journal.continued()).isTrue();
        }
    }

    @Test
    void whatIsNoJournalIsLeftAlone() throws Exception {
        execute("CREATE TABLE somebody(elses TEXT)");
        assertThatThrownBy(() -> open(directory, SampleEvents.BOOT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no journal of matgate's");
    }

    @Test
    void theDirectoryIsMadeOrTheReasonGiven() throws Exception {
        Path deep = directory.resolve("var/lib/matgate");
        write(deep, SampleEvents.BOOT, 1);
        assertThat(deep.resolve("journal.db")).exists();
        Path blocked =
                Files.writeString(directory.resolve("file"), "in the way").resolve("data");
        assertThatThrownBy(() -> open(blocked, SampleEvents.BOOT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("data directory " + blocked + " cannot be made");
    }

    private static Journal open(Path directory, UUID boot) throws IOException {
        return open(directory, boot, "box", "machine");
    }

    private static Journal open(Path directory, UUID boot, String box, String machine) throws IOException {
        return Journal.open(new Journal.Opening(directory, box, boot, machine, 1, Duration.ZERO));
    }

    /** Whether the only journal's last writer ended in order. */
    private static boolean closed(Path directory) throws Exception {
        try (JournalFile file = JournalFile.open(directory)) {
            return file.journals().getFirst().closed();
        }
    }

    private static JournalId write(Path directory, UUID boot, int reads) throws Exception {
        try (Journal journal = open(directory, boot)) {
            append(journal, reads);
            return journal.id();
        }
    }

    private static List<Long> append(Journal journal, int reads) throws Exception {
        Commits commits = new Commits();
        journal.subscribe(commits);
        for (int i = 0; i < reads; i++) {
            journal.offer(SampleEvents.read(i));
        }
        return Commits.seqs(commits.await(reads));
    }

    /** Leaves in {@link #copy} what a process that was killed after so many reads would. */
    private JournalId leaveBehind(int reads) throws Exception {
        try (Journal journal = open(directory, SampleEvents.BOOT)) {
            append(journal, reads);
            snapshot();
            return journal.id();
        }
    }

    private void snapshot() throws IOException {
        for (String name : List.of("journal.db", "journal.db-wal")) {
            Files.copy(directory.resolve(name), copy.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
