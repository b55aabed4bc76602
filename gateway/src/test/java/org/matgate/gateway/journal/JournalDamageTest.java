package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;

/** Files in which bytes have changed, at the start. The system property {@code damages} says how many of each kind. */
@Timeout(300)
class JournalDamageTest {
    private static final int DAMAGES = Integer.getInteger("damages", 12);
    private static final int EVENTS = 3_000;
    private static final int PAGE = 4096;
    private static final int SQLITE_MAGIC_BYTES = 16;

    @TempDir
    Path scratch;

    private final List<Event> events = new ArrayList<>();
    private JournalId id = new JournalId(0, 0);

    @Test
    void bytesThatChangedCostNoMoreThanTheirPages() throws Exception {
        Path whole = write(true);
        Random random = new Random(SampleEvents.seed());
        int aside = 0;
        for (int i = 0; i < DAMAGES; i++) {
            Path data = copy(whole);
            Path file = data.resolve("journal.db");
            // Of the first not even what says that it is a database is whole: it is of no use, whatever chance does.
            Set<Long> pages = i == 0
                    ? flip(file, random, 1, SQLITE_MAGIC_BYTES)
                    : flip(file, random, 1 + random.nextInt(6), i % 3 == 0 ? 0 : Files.size(file));
            // A changed page of the tree may hide all that it leads to, until the file is saved from; but not silently.
            boolean tree = leadsToOthers(whole.resolve("journal.db"), pages);
            aside += account(data, lostWith(whole.resolve("journal.db"), pages), pages, !tree);
        }
        assertThat(aside)
                .as("of %d files some could not be used any more", DAMAGES)
                .isPositive();
    }

    @Test
    void aDamagedLogCostsNoMoreThanItsPages() throws Exception {
        Path whole = write(false);
        Random random = new Random(SampleEvents.seed());
        for (int i = 0; i < DAMAGES; i++) {
            Path data = copy(whole);
            Set<Long> pages = flip(data.resolve("journal.db-wal"), random, 1 + random.nextInt(3), 0);
            account(data, Set.of(), pages, false);
        }
    }

    @Test
    void whatIsNoDatabaseIsKeptAsideAndAnotherOneBegun() throws Exception {
        String text = "no database at all, but long enough to look like one: ".repeat(99);
        Files.writeString(scratch.resolve("journal.db"), text);
        try (Journal journal = open(scratch)) {
            assertThat(journal.notice().orElseThrow().detail()).contains("kept as journal-damaged-1.db");
            assertThat(append(journal)).isEqualTo(1);
        }
        assertThat(scratch.resolve("journal-damaged-1.db")).hasContent(text);
    }

    @Test
    void ofAnEmptyFileNothingIsKept() throws Exception {
        for (String log : new String[] {"", "no log"}) {
            Path data = Files.createTempDirectory(scratch, "data");
            Files.createFile(data.resolve("journal.db"));
            Files.writeString(data.resolve("journal.db-wal"), log);
            try (Journal journal = open(data)) {
                assertThat(journal.notice().orElseThrow().detail()).contains("it is empty; nothing of it is left");
                assertThat(append(journal)).isEqualTo(1);
            }
            assertThat(data.resolve("journal-damaged-1.db")).doesNotExist();
            assertThat(data.resolve("journal-damaged-1.db-wal")).doesNotExist();
        }
    }

    @Test
    void aFileThatWasPutAsideAndNotNotedIsFound() throws Exception {
        // As a process leaves it that ends between the two. The second is of no use.
        Path aside = write(true);
        JournalId first = id;
        Files.move(aside.resolve("journal.db"), aside.resolve("journal-damaged-3.db"));
        Files.createFile(aside.resolve("journal-damaged-4.db"));
        try (Journal journal = open(aside)) {
            while (journal.status().care().salvaging()) {
                Thread.sleep(5);
            }
            assertThat(journal.read(first, 1, Schema.MAX_SEQ, 1_000_000))
                    .extracting(Entry::event)
                    .isEqualTo(events);
        }
        try (Journal journal = open(aside)) {
            assertThat(journal.status().care().salvaging()).as("once").isFalse();
        }
    }

    @Test
    void whatIsSavedOfSeveralFilesIsSeenByCensusCopyAndVerify() throws Exception {
        Path one = write(true);
        Files.move(one.resolve("journal.db"), scratch.resolve("journal-damaged-1.db"));
        Path other = write(true);
        Files.move(other.resolve("journal.db"), scratch.resolve("journal-damaged-2.db"));
        try (Journal journal = open(scratch)) {
            while (journal.status().care().salvaging()) {
                Thread.sleep(5);
            }
        }
        try (JournalFile file = JournalFile.open(scratch)) {
            long counted = Census.of(file, unused -> {}).all().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertThat(counted).isEqualTo(2 * EVENTS);
        }
        assertThat(JournalCopy.copy(scratch, scratch.resolve("copy.db"), unused -> {})
                        .events())
                .isEqualTo(2 * EVENTS);
        assertThat(JournalVerify.verify(scratch, unused -> {}).events()).isEqualTo(2 * EVENTS);
    }

    @Test
    void aPageThatTheDiskCannotReadIsPassedOver() throws Exception {
        // The system reads no bytes of a directory, nor of a sector that is bad.
        Path file = Files.createDirectory(scratch.resolve("bad.db"));
        Files.createFile(file.resolve("something"));
        Files.createDirectory(scratch.resolve("bad.db-wal"));
        try (RawPages pages = new RawPages(file)) {
            assertThat(pages.images()).isPositive();
            assertThat(pages.rows(0)).isEmpty();
        }
    }

    @Test
    void aBadSectorOfTheLiveFileCostsItsEventsOnly() throws Exception {
        Path file = write(true).resolve("journal.db");
        List<String> unreadable = new ArrayList<>();
        try (EventReader reader = new EventReader(
                file,
                connection -> BadSector.in(connection, Schema.id(1, 500), Schema.id(1, 560)),
                (journal, first, last, why) -> unreadable.add(first + ".." + last))) {
            List<Entry> read = reader.read(id, 1, EVENTS, EVENTS);
            assertThat(unreadable).containsExactly("500..560");
            assertThat(read).hasSize(EVENTS - 61);
            assertThat(read.get(499).seq()).isEqualTo(561);
            assertThatThrownBy(() -> reader.read(id, 500, 560, 100))
                    .as("nothing behind it: the disk, as far as is known")
                    .hasMessageContaining("disk I/O error");
        }
    }

    @Test
    void whoReadsOnceIsGivenAllButABadEnd() throws Exception {
        Path file = write(true).resolve("journal.db");
        Unread unread = new Unread();
        try (EventReader reader = new EventReader(
                file, connection -> BadSector.in(connection, Schema.id(1, EVENTS - 9), Schema.id(1, EVENTS)), unread)) {
            assertThat(reader.read(id, 1, EVENTS, EVENTS)).hasSize(EVENTS - 10);
            assertThat(unread.of(id)).hasToString((EVENTS - 9) + "-" + EVENTS);
        }
    }

    @Test
    void theLibraryReportsWhatIsLost() throws Exception {
        Path whole = write(true);
        Path file = copy(whole).resolve("journal.db");
        Salvage.Report all = Salvage.run(file, scratch.resolve("all"));
        assertThat(all.journals()).hasSize(1);
        assertThat(all.journals().getFirst().events()).isEqualTo(EVENTS);
        assertThat(all.journals().getFirst().lost().isEmpty()).isTrue();
        Set<Long> pages = flip(file, new Random(5), 40, 0);
        TreeSet<Long> may = new TreeSet<>(lostWith(whole.resolve("journal.db"), pages));
        Salvage.Report some = Salvage.run(file, scratch.resolve("some"));
        assertThat(some.journals().getFirst().journal()).isEqualTo(id);
        assertThat(some.journals().getFirst().events()).isLessThan(EVENTS).isGreaterThanOrEqualTo(EVENTS - may.size());
        for (long seq = 1; seq <= EVENTS; seq++) {
            assertThat(!some.journals().getFirst().lost().contains(seq) || may.contains(seq))
                    .isTrue();
        }
    }

    /** Whether one of these pages is none of rows: its first byte says so, in the first page behind the file's header. */
    private static boolean leadsToOthers(Path file, Set<Long> pages) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        return pages.stream().anyMatch(page -> bytes[page == 0 ? 100 : (int) (page * PAGE)] == 5);
    }

    /** Opens it and accounts for every event; 1 if the file was put aside. */
    private int account(Path data, Set<Long> mayBeLost, Set<Long> pages, boolean bounded) throws Exception {
        try (Journal journal = open(data)) {
            while (journal.status().care().salvaging()) {
                Thread.sleep(5);
            }
            boolean kept = Files.exists(data.resolve("journal-damaged-1.db"));
            Set<Long> found = new HashSet<>();
            for (JournalSummary summary : journal.journals()) {
                for (Entry entry : journal.read(summary.id(), 1, Schema.MAX_SEQ, 1_000_000)) {
                    assertThat(summary.id()).as("none is invented").isEqualTo(id);
                    assertThat(entry.event()).isEqualTo(events.get((int) entry.seq() - 1));
                    found.add(entry.seq());
                }
            }
            Set<Long> lost = new TreeSet<>();
            for (long seq = 1; seq <= EVENTS; seq++) {
                if (!found.contains(seq)) {
                    lost.add(seq);
                }
            }
            if (bounded) {
                assertThat(mayBeLost).as("pages %s, put aside %s", pages, kept).containsAll(lost);
            }
            if (!lost.isEmpty()) {
                assertThat(journal.notice())
                        .as("%d lost events are told", lost.size())
                        .isPresent();
            }
            long seq = append(journal);
            assertThat(!journal.id().equals(id) || seq > EVENTS)
                    .as("no number is used twice")
                    .isTrue();
            return kept ? 1 : 0;
        }
    }

    private Path write(boolean clean) throws Exception {
        Path data = Files.createTempDirectory(scratch, "whole");
        SampleEvents sample = new SampleEvents(7);
        events.clear();
        for (int i = 0; i < EVENTS; i++) {
            events.add(i % 4 == 0 ? sample.any() : SampleEvents.read(i));
        }
        Path copy = Files.createTempDirectory(scratch, "live");
        Journal journal = open(data);
        id = journal.id();
        Commits commits = new Commits();
        journal.subscribe(commits);
        events.forEach(journal::offer);
        commits.await(EVENTS);
        if (!clean) {
            copyTo(data, copy);
        }
        journal.close();
        return clean ? data : copy;
    }

    private Path copy(Path whole) throws Exception {
        Path data = Files.createTempDirectory(scratch, "data");
        copyTo(whole, data);
        return data;
    }

    private static void copyTo(Path from, Path to) throws Exception {
        for (String name : List.of("journal.db", "journal.db-wal", "journal.db-shm", "journal.lock")) {
            if (Files.exists(from.resolve(name))) {
                Files.copy(from.resolve(name), to.resolve(name));
            }
        }
    }

    /** @param most in the first bytes only; 0: anywhere in what is in use */
    private static Set<Long> flip(Path file, Random random, int count, long most) throws Exception {
        Set<Long> pages = new HashSet<>();
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            long size = most == 0 ? Math.min(access.length(), 100L * PAGE) : most;
            for (int i = 0; i < count; i++) {
                long at = random.nextLong(size);
                access.seek(at);
                int was = access.read();
                access.seek(at);
                access.write(was ^ (1 + random.nextInt(255)));
                pages.add(at / PAGE);
            }
        }
        return pages;
    }

    /** The events of these pages, and all where a table's page and its spare one are hit together. */
    private static Set<Long> lostWith(Path file, Set<Long> images) throws Exception {
        Set<Long> seqs = new HashSet<>();
        Map<Integer, Integer> small = new HashMap<>();
        Set<Long> all = new HashSet<>();
        try (RawPages pages = new RawPages(file)) {
            for (long image = 0; image < pages.images(); image++) {
                for (RawPages.Row row : pages.rows(image)) {
                    if (RawEvents.looksLikeOne(row)) {
                        all.add(Schema.seq(row.id()));
                        if (images.contains(image)) {
                            seqs.add(Schema.seq(row.id()));
                        }
                    } else if (images.contains(image)) {
                        small.put(row.values().size(), 1);
                    }
                }
            }
        }
        boolean spareToo =
                small.containsKey(6) && (small.containsKey(2) || small.containsKey(4) || small.containsKey(7));
        return spareToo ? all : seqs;
    }

    private static long append(Journal journal) throws Exception {
        Commits commits = new Commits();
        journal.subscribe((journalId, run) -> {
            if (journalId.equals(journal.id())) {
                commits.committed(journalId, run);
            }
        });
        journal.offer(SampleEvents.read(1_000_000));
        return commits.await(1).getLast().seq();
    }

    private static Journal open(Path data) throws Exception {
        return Journal.open(
                new Journal.Opening(data, "box", SampleEvents.BOOT, "machine", 1, Duration.ZERO, 1_000_000, true));
    }
}
