package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a file that is written to all the while. */
@Timeout(120)
class JournalCopyTest {
    /** Some pages. */
    private static final int EVENTS = 2 * JournalFile.PAGE_EVENTS + 7;

    @TempDir
    Path directory;

    @TempDir
    Path elsewhere;

    JournalCopyTest() {}

    @Test
    void theCopyOfALiveFileHoldsWhatWasCommittedWhenItBegan() throws Exception {
        Path copy = elsewhere.resolve("copy's %20.db");
        long before;
        JournalCopy.Copied copied;
        try (Journal journal = open()) {
            fill(journal, EVENTS);
            AtomicBoolean stop = new AtomicBoolean();
            Thread writer = Thread.ofPlatform().start(() -> write(journal, stop));
            try {
                before = journal.status().lastSeq();
                List<Long> told = new ArrayList<>();
                copied = JournalCopy.copy(directory, copy, told::add);
                assertThat(told).as("told page by page").hasSizeGreaterThan(2).isSorted();
                // The writer goes on; how far it came meanwhile is the scheduler's.
                awaitMoreThan(journal, copied.events());
            } finally {
                stop.set(true);
                writer.join();
            }
        }
        assertThat(copied.events()).isGreaterThanOrEqualTo(before);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy)) {
            assertThat(text(connection, "PRAGMA journal_mode")).isEqualTo("delete");
            assertThat(text(connection, "PRAGMA integrity_check")).isEqualTo("ok");
            assertThat(text(connection, "SELECT count(*) || ' ' || min(seq) || ' ' || max(seq) FROM entry"))
                    .isEqualTo(copied.events() + " 1 " + copied.events());
            assertThat(text(connection, "SELECT count(*) FROM clock_piece WHERE event NOT IN (SELECT id FROM event)"))
                    .isEqualTo("0");
        }
        try (Stream<Path> files = Files.list(elsewhere)) {
            assertThat(files).containsExactly(copy);
        }
        verifyAsAJournal(copy);
    }

    private static void awaitMoreThan(Journal journal, long seq) throws InterruptedException {
        for (int i = 0; i < 3000 && journal.status().lastSeq() <= seq; i++) {
            Thread.sleep(10);
        }
        assertThat(journal.status().lastSeq()).as("it is written to").isGreaterThan(seq);
    }

    /** It is a journal like any other. */
    private void verifyAsAJournal(Path copy) throws IOException {
        Path box = Files.createDirectory(elsewhere.resolve("box"));
        Files.move(copy, box.resolve("journal.db"));
        JournalVerify.Result result = JournalVerify.verify(box, seen -> {});
        assertThat(result.findings()).isEmpty();
        assertThat(result.structure()).isTrue();
        assertThat(result.events()).isGreaterThanOrEqualTo(EVENTS);
    }

    @Test
    void aJournalThatIsDeletedMeanwhileMakesNoCopyWithAHole() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (Journal journal = open()) {
                fill(journal, i == 0 ? 5_000 : EVENTS);
            }
            JournalUpkeep.endCurrent(directory);
        }
        JournalRow first;
        try (JournalFile file = JournalFile.open(directory)) {
            first = file.journals().getFirst();
        }
        AtomicBoolean once = new AtomicBoolean();
        assertThatThrownBy(() -> JournalCopy.copy(directory, elsewhere.resolve("copy.db"), seen -> {
                    if (!once.getAndSet(true)) {
                        delete(first);
                    }
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a journal was deleted while it was copied; copy it again");
    }

    private void delete(JournalRow journal) {
        try {
            JournalUpkeep.deleteOffline(directory, journal.id(), 2_000);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Journal journal, AtomicBoolean stop) {
        SampleEvents events = new SampleEvents(SampleEvents.seed());
        while (!stop.get()) {
            journal.offer(events.any());
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void fill(Journal journal, int events) throws InterruptedException {
        Commits commits = new Commits();
        journal.subscribe(commits);
        for (int i = 0; i < events; i++) {
            assertThat(journal.offer(SampleEvents.read(i))).isTrue();
        }
        commits.await(events);
    }

    private static String text(Connection connection, String query) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private Journal open() throws IOException {
        return Journal.open(new Journal.Opening(directory, "box", SampleEvents.BOOT, "machine", 1, Duration.ZERO));
    }
}
