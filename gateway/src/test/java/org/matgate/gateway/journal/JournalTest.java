package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.EventCodec;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;

@Timeout(60)
class JournalTest {
    @TempDir
    Path directory;

    @Test
    void everyKindOfEventComesBackAsItWent() throws Exception {
        SampleEvents sample = new SampleEvents(SampleEvents.seed());
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            events.add(sample.any());
        }
        Commits commits = new Commits();
        JournalId id;
        try (Journal journal = open(Duration.ZERO)) {
            id = journal.id();
            journal.subscribe(commits);
            events.forEach(event -> assertThat(journal.offer(event)).isTrue());
            assertThat(Commits.events(commits.await(events.size()))).isEqualTo(events);
            assertThat(journal.read(id, 1, events.size(), 10_000)).isEqualTo(commits.soFar());
        }
        try (Journal journal = open(Duration.ZERO)) {
            assertThat(journal.id()).isEqualTo(id);
            assertThat(journal.read(id, 1, Long.MAX_VALUE, 10_000)).isEqualTo(commits.soFar());
        }
    }

    @Test
    void seqsCountFromOneWithoutAGapHoweverManyOffer() throws Exception {
        int each = 5_000;
        int all = 3 * each;
        Commits commits = new Commits();
        try (Journal journal = open(Duration.ZERO)) {
            journal.subscribe(commits);
            List<Thread> threads = new ArrayList<>();
            for (int reader = 0; reader < 3; reader++) {
                int first = reader * each;
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < each; i++) {
                        assertThat(journal.offer(SampleEvents.read(first + i))).isTrue();
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            List<Entry> told = commits.await(all);
            assertThat(Commits.seqs(told)).containsExactlyElementsOf(upTo(all));
            assertThat(journal.read(journal.id(), 1, all, all)).isEqualTo(told);
        }
    }

    @Test
    void whatIsToldIsOnDiskAtThatMomentAndNothingElseIs() throws Exception {
        int count = 20_000;
        List<Entry> told = new ArrayList<>();
        List<List<Entry>> onDisk = new ArrayList<>();
        try (Journal journal = open(Duration.ZERO)) {
            journal.subscribe((id, run) -> {
                told.addAll(run);
                try {
                    // By a connection of its own, which sees only what is committed.
                    onDisk.add(journal.read(id, run.getFirst().seq(), Long.MAX_VALUE, count));
                } catch (IOException e) {
                    onDisk.add(List.of());
                }
            });
            Commits commits = new Commits();
            journal.subscribe(commits);
            for (int i = 0; i < count; i++) {
                journal.offer(SampleEvents.read(i));
            }
            assertThat(commits.await(count)).isEqualTo(told);
            assertThat(onDisk.stream().flatMap(List::stream)).containsExactlyElementsOf(told);
        }
    }

    @Test
    void readsPagesOfWhatIsThere() throws Exception {
        Commits commits = new Commits();
        try (Journal journal = open(Duration.ofMillis(1))) {
            JournalId id = journal.id();
            assertThat(journal.journals()).containsExactly(new JournalSummary(id, 1, 0));
            journal.subscribe(commits);
            for (int i = 0; i < 10; i++) {
                journal.offer(SampleEvents.read(i));
            }
            commits.await(10);
            assertThat(journal.journals()).containsExactly(new JournalSummary(id, 1, 10));
            assertThat(Commits.seqs(journal.read(id, 3, 8, 4))).containsExactly(3L, 4L, 5L, 6L);
            assertThat(Commits.seqs(journal.read(id, 8, 99, 100))).containsExactly(8L, 9L, 10L);
            assertThat(journal.read(id, 11, 99, 100)).isEmpty();
            assertThat(journal.read(id, 1, 99, 0)).isEmpty();
            assertThat(Commits.seqs(journal.read(id, -5, 1, 100))).containsExactly(1L);
            assertThat(journal.read(new JournalId(1, 2), 1, 99, 100)).isEmpty();
        }
    }

    @Test
    void aFullIntakeRefusesReadsAndStillTakesWhatTellsOfIt() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Commits commits = new Commits(go);
        try (Journal journal = open(Duration.ZERO)) {
            journal.subscribe(commits);
            journal.offer(SampleEvents.read(0));
            // The journal's thread now stands, as before a disk that does not answer.
            commits.await(1);
            for (int i = 1; i <= Intake.READS; i++) {
                assertThat(journal.offer(SampleEvents.read(i))).isTrue();
            }
            assertThat(journal.fillLevel()).isEqualTo(1.0);
            assertThat(journal.offer(SampleEvents.read(-1))).isFalse();
            for (int i = 0; i < Intake.RESERVE; i++) {
                assertThat(journal.offer(state(i))).isTrue();
            }
            assertThat(journal.offer(state(-1))).isFalse();
            go.countDown();

            int all = 1 + Intake.READS + Intake.RESERVE;
            List<Entry> told = commits.await(all);
            assertThat(told).hasSize(all);
            assertThat(told.getLast().event()).isEqualTo(state(Intake.RESERVE - 1));
            assertThat(commits.runs()).allSatisfy(run -> assertThat(run).isLessThanOrEqualTo(CommitLoop.MOST_EVENTS));
            assertThat(commits.runs()).hasSize(1 + (all + CommitLoop.MOST_EVENTS - 2) / CommitLoop.MOST_EVENTS);
            assertThat(journal.fillLevel()).isEqualTo(0.0);
        }
    }

    @Test
    void closingCommitsWhatIsQueuedAndTakesNothingMore() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Commits commits = new Commits(go);
        Journal journal = open(Duration.ofHours(1));
        journal.subscribe(commits);
        journal.offer(SampleEvents.read(0));
        commits.await(1);
        for (int i = 1; i < 6_000; i++) {
            journal.offer(SampleEvents.read(i));
        }
        go.countDown();
        journal.close();
        journal.close();
        assertThat(commits.soFar()).hasSize(6_000);
        assertThat(journal.offer(SampleEvents.read(7_000))).isFalse();
        assertThat(WalFrames.read(directory.resolve("journal.db-wal")).frames())
                .as("all is in the database")
                .isZero();
    }

    @Test
    void aListenerThatFailsStopsNobody() throws Exception {
        Commits commits = new Commits();
        try (Journal journal = open(Duration.ZERO)) {
            AutoCloseable failing = journal.subscribe((id, run) -> {
                throw new IllegalStateException("on purpose");
            });
            AutoCloseable subscription = journal.subscribe(commits);
            journal.offer(SampleEvents.read(1));
            commits.await(1);
            failing.close();
            journal.offer(SampleEvents.read(2));
            commits.await(2);
            subscription.close();
            Commits later = new Commits();
            journal.subscribe(later);
            journal.offer(SampleEvents.read(3));
            later.await(1);
            assertThat(commits.soFar()).hasSize(2);
        }
    }

    @Test
    void whatCannotBeStoredIsRefusedWhereItIsMade() throws Exception {
        try (Journal journal = open(Duration.ZERO)) {
            Event disguised =
                    new Event.Unknown(SampleEvents.read(1).stamp(), Schema.TAG_READ, ByteString.copyFromUtf8("x"));
            assertThatThrownBy(() -> journal.offer(disguised)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theViewsAreForPeople() throws Exception {
        try (Journal journal = open(Duration.ZERO)) {
            Commits commits = new Commits();
            journal.subscribe(commits);
            journal.offer(state(77));
            journal.offer(SampleEvents.read(5));
            commits.await(2);
            assertThat(row("SELECT seq, kind, reader, uncertainty_nanos FROM entry WHERE seq = 1"))
                    .containsExactly("1", "reader_state", "finish-a", null);
            assertThat(row("SELECT seq, utc, reader, timing_point, line, antenna, chip, rssi_dbm, reader_time_base,"
                            + " boot, journal FROM read"))
                    .containsExactly(
                            "2",
                            "2026-09-21T14:13:20.000005000Z",
                            "finish-a",
                            "finish",
                            "MAIN",
                            "2",
                            "E28000000000000000000005",
                            "-61.5",
                            "cycle",
                            SampleEvents.BOOT.toString(),
                            journal.id().toString());
            assertThat(row("PRAGMA integrity_check")).containsExactly("ok");
        }
    }

    @Test
    void theNumbersInTheViewsAreTheCodecs() throws Exception {
        assertThat(EventCodec.kind(SampleEvents.read(1))).isEqualTo(Schema.TAG_READ);
        try (Journal journal = open(Duration.ZERO)) {
            Commits commits = new Commits();
            journal.subscribe(commits);
            SampleEvents sample = new SampleEvents(1);
            for (int i = 0; i < 200; i++) {
                journal.offer(sample.any());
            }
            for (Entry entry : commits.await(200)) {
                assertThat(row("SELECT kind FROM entry WHERE seq = " + entry.seq()))
                        .containsExactly(EventCodec.kindName(EventCodec.kind(entry.event())));
            }
        }
    }

    private Journal open(Duration commitInterval) throws Exception {
        return Journal.open(new Journal.Opening(directory, "box", SampleEvents.BOOT, "machine", 1, commitInterval));
    }

    private static Event state(long number) {
        return SampleEvents.readerState(SampleEvents.FINISH, number + 10, "detail " + number);
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private List<String> row(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                values.add(row.getString(i));
            }
            return values;
        }
    }
}
