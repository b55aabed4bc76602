package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;

/** A file of two journals with one page gone, each in its turn: the service begins, and loses no more than was there. */
@Timeout(120)
class DamagedStartTest {
    private static final int FORMER_EVENTS = 300;

    /** More than a start checks whole. */
    private static final int EVENTS = 1_300;

    private static final int CLOCK_PIECE_EVERY = 50;
    private static final int PAGE = 4096;

    @TempDir
    Path directory;

    private Path whole;
    private JournalId former = new JournalId(0, 0);
    private JournalId current = new JournalId(0, 0);

    @BeforeEach
    void write() throws Exception {
        whole = Files.createDirectory(directory.resolve("whole"));
        former = write(SampleEvents.OTHER_BOOT, FORMER_EVENTS);
        current = write(SampleEvents.BOOT, EVENTS);
    }

    private JournalId write(UUID boot, int events) throws Exception {
        try (Journal journal = open(whole, boot)) {
            Commits commits = new Commits();
            journal.subscribe(commits);
            for (int i = 0; i < events; i++) {
                journal.offer(i % CLOCK_PIECE_EVERY == 0 ? piece(boot, i) : SampleEvents.read(i));
            }
            commits.await(events);
            return journal.id();
        }
    }

    @Test
    void whicheverPageIsGoneTheServiceBeginsAndLosesNoMoreThanWasThere() throws Exception {
        long pages = Files.size(whole.resolve("journal.db")) / PAGE;
        int continued = 0;
        for (long page = 0; page < pages; page++) {
            Path data = Files.createDirectory(directory.resolve("page-" + page));
            for (String name : List.of("journal.db", "journal.lock")) {
                Files.copy(whole.resolve(name), data.resolve(name));
            }
            try (RandomAccessFile file =
                    new RandomAccessFile(data.resolve("journal.db").toFile(), "rw")) {
                file.seek(page * PAGE);
                file.write(new byte[PAGE]);
            }
            try (Journal journal = open(data, SampleEvents.BOOT)) {
                while (journal.status().care().salvaging()) {
                    Thread.sleep(2);
                }
                assertAllButThoseOf(page, data, journal);
                assertThat(append(journal)).as("page %d", page).isPositive();
                continued += journal.continued() ? 1 : 0;
            }
        }
        assertThat(continued).as("of %d files with events", pages).isGreaterThan(5);
    }

    private void assertAllButThoseOf(long page, Path data, Journal journal) throws Exception {
        Set<String> lost = new TreeSet<>(eventsOn(page));
        Set<String> found = new HashSet<>();
        for (JournalSummary summary : journal.journals()) {
            for (Entry entry : journal.read(summary.id(), 1, Math.max(1, summary.lastSeq()), EVENTS)) {
                found.add(name(summary.id(), entry.seq()));
            }
        }
        Set<String> missing = new TreeSet<>();
        for (long seq = 1; seq <= EVENTS; seq++) {
            missing.add(name(current, seq));
            if (seq <= FORMER_EVENTS) {
                missing.add(name(former, seq));
            }
        }
        missing.removeAll(found);
        assertThat(lost).as("page %d", page).containsAll(missing);
        try (JournalFile file = JournalFile.open(data)) {
            assertThat(file.journals()).as("page %d", page).hasSameSizeAs(journal.journals());
        }
        if (!missing.isEmpty()) {
            assertThat(journal.notice()).as("page %d: %s", page, missing).isPresent();
        }
        long pieces = missing.stream()
                .filter(name -> name.startsWith(current.toString()))
                .filter(name -> (Long.parseLong(name.substring(name.indexOf(' ') + 1)) - 1) % CLOCK_PIECE_EVERY == 0)
                .count();
        assertThat(journal.clockStates(SampleEvents.BOOT))
                .as("page %d", page)
                .hasSize(EVENTS / CLOCK_PIECE_EVERY - Math.toIntExact(pieces));
    }

    private Set<String> eventsOn(long page) throws Exception {
        Set<String> events = new HashSet<>();
        try (RawPages raw = new RawPages(whole.resolve("journal.db"))) {
            for (RawPages.Row row : raw.rows(page)) {
                if (RawEvents.looksLikeOne(row)) {
                    events.add(name(row.id() >> Schema.SEQ_BITS == 1 ? former : current, Schema.seq(row.id())));
                }
            }
        }
        return events;
    }

    private static String name(JournalId journal, long seq) {
        return journal + " " + seq;
    }

    @Test
    void aBadSectorCostsTheClockPiecesOnItOnly() throws Exception {
        long piece = Schema.id(2, CLOCK_PIECE_EVERY + 1);
        try (EventReader reader = new EventReader(
                whole.resolve("journal.db"),
                connection -> BadSector.in(connection, piece, piece),
                (journal, first, last, why) -> {})) {
            assertThat(reader.clockStates(SampleEvents.BOOT)).hasSize(EVENTS / CLOCK_PIECE_EVERY - 1);
        }
    }

    /** The texts are SQLite's own, 266 and 522 its codes for a disk that does not give a page. */
    @Test
    void aDiskThatFailsWhileATableIsCheckedIsNoDamage() {
        assertThat(Store.isDamage(Store.damaged("boot", "Tree 4 page 9: unable to get the page. error code=266")))
                .isFalse();
        assertThat(Store.isDamage(Store.damaged("boot", "Tree 4 page 9: unable to get the page. error code=522")))
                .isFalse();
        assertThat(Store.isDamage(Store.damaged("boot", "Tree 4 page 9: btreeInitPage() returns error code 11")))
                .isTrue();
        assertThat(Store.isDamage(Store.damaged("boot", "row 1 missing from index sqlite_autoindex_boot_1")))
                .isTrue();
    }

    private static long append(Journal journal) throws Exception {
        Commits commits = new Commits();
        journal.subscribe(commits);
        journal.offer(SampleEvents.read(1_000_000));
        return commits.await(1).getLast().seq();
    }

    private static Event piece(UUID boot, int i) {
        return new ClockState(
                new Stamp(boot, i, i, 5, 0), 1 + i, i, 0, i, i, i, 0, 5, 0, ClockSource.KERNEL, "piece " + i);
    }

    private static Journal open(Path data, UUID boot) throws Exception {
        return Journal.open(opening(data, boot));
    }

    private static Journal.Opening opening(Path data, UUID boot) {
        return new Journal.Opening(data, "box", boot, "machine", 1, Duration.ZERO, 1_000_000, true);
    }
}
