package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;

/** Disks that are full, busy or failing. */
@Timeout(60)
class JournalTroubleTest {
    @TempDir
    Path directory;

    @Test
    void aFullDiskKeepsEventsWaitingUntilThereIsRoom() throws Exception {
        AtomicBoolean full = new AtomicBoolean(true);
        Commits commits = new Commits();
        try (Journal journal = open(writer -> limited(writer, full.get()))) {
            journal.subscribe(commits);
            int count = 30_000;
            List<Event> offered = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                offered.add(SampleEvents.read(i));
                assertThat(journal.offer(offered.getLast())).isTrue();
            }
            awaitTrouble(journal, "full");
            List<Entry> before = commits.soFar();
            assertThat(before).hasSizeLessThan(count);
            // What was not told is not there either.
            assertThat(journal.read(journal.id(), 1, count, count)).isEqualTo(before);

            full.set(false);
            assertThat(Commits.events(commits.await(count))).isEqualTo(offered);
            assertThat(journal.read(journal.id(), 1, count, count)).isEqualTo(commits.soFar());
            assertThat(commits.soFar().getLast().seq()).isEqualTo(count);
            assertThat(journal.trouble()).isEmpty();
        }
    }

    @Test
    void somebodyElsesLockOnTheFileIsWaitedFor() throws Exception {
        Commits commits = new Commits();
        try (Journal journal = open(writer -> writer)) {
            journal.subscribe(commits);
            try (Connection tool = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
                    Statement statement = tool.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                journal.offer(SampleEvents.read(1));
                awaitTrouble(journal, "locked");
                journal.offer(SampleEvents.read(2));
                statement.execute("ROLLBACK");
            }
            assertThat(Commits.seqs(commits.await(2))).containsExactly(1L, 2L);
            assertThat(journal.trouble()).isEmpty();
        }
    }

    @Test
    void aCommitThatReachedTheDiskAndReportedAFailureIsNotRepeated() throws Exception {
        AtomicInteger commitsLeft = new AtomicInteger(2);
        Commits commits = new Commits();
        try (Journal journal = open(writer -> failing(writer, commitsLeft, true))) {
            journal.subscribe(commits);
            for (int i = 0; i < 3; i++) {
                journal.offer(SampleEvents.read(i));
                commits.await(i + 1);
            }
            assertThat(Commits.seqs(commits.soFar())).containsExactly(1L, 2L, 3L);
            assertThat(journal.read(journal.id(), 1, 99, 99)).isEqualTo(commits.soFar());
        }
        assertThat(commitsLeft.get()).isNegative();
    }

    @Test
    void aCommitThatFailedIsRepeated() throws Exception {
        AtomicInteger commitsLeft = new AtomicInteger(2);
        Commits commits = new Commits();
        try (Journal journal = open(writer -> failing(writer, commitsLeft, false))) {
            journal.subscribe(commits);
            for (int i = 0; i < 3; i++) {
                journal.offer(SampleEvents.read(i));
                commits.await(i + 1);
            }
            assertThat(Commits.seqs(commits.soFar())).containsExactly(1L, 2L, 3L);
            assertThat(journal.read(journal.id(), 1, 99, 99)).isEqualTo(commits.soFar());
        }
        assertThat(commitsLeft.get()).isNegative();
    }

    /** The commit that is to go ahead of one that failed fails as well, and the one behind it succeeds. */
    @Test
    void whatWasToGoAheadIsNotLeftBehind() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        Commits commits = new Commits();
        Event count = SampleEvents.readerState(SampleEvents.FINISH, 2, "17 reads lost");
        try (Journal journal =
                open(writer -> failing(writer, () -> failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0))) {
            journal.subscribe(commits);
            failures.set(Integer.MAX_VALUE);
            journal.offer(SampleEvents.read(1));
            awaitTrouble(journal, "on purpose");
            assertThat(journal.offerAhead(count)).isTrue();
            failures.set(1);
            assertThat(Commits.events(commits.await(2))).containsExactlyInAnyOrder(SampleEvents.read(1), count);
        }
    }

    /** The count is on disk, and the failure that is reported is that of its commit, not of what waits behind it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWentAheadIsLookedForByItself(boolean countReachesTheDisk) throws Exception {
        Event count = SampleEvents.readerState(SampleEvents.FINISH, 2, "17 reads lost");
        CompletableFuture<Journal> writing = new CompletableFuture<>();
        AtomicInteger commits = new AtomicInteger();
        Commits told = new Commits();
        // The first is what waits, the second the count.
        BooleanSupplier nextFails = () -> List.of(1, 2).contains(commits.incrementAndGet());
        BooleanSupplier afterwards = () -> commits.get() == 1 ? !writing.join().offerAhead(count) : countReachesTheDisk;
        try (Journal journal = open(writer -> failing(writer, nextFails, afterwards))) {
            writing.complete(journal);
            JournalId id = journal.id();
            journal.subscribe(told);
            journal.offer(SampleEvents.read(1));
            List<Entry> entries = told.await(2);
            assertThat(Commits.seqs(entries)).containsExactly(1L, 2L);
            assertThat(Commits.events(entries)).containsExactlyInAnyOrder(count, SampleEvents.read(1));
            assertThat(journal.id()).isEqualTo(id);
            assertThat(journal.notice()).isEmpty();
            assertThat(journal.read(id, 1, 99, 99)).isEqualTo(entries);
        }
    }

    /** Taken while all was well, and more than there is room for: what there is room for is written. */
    @Test
    void aLongBatchIsPartedWhereNotAllOfItFindsRoom() throws Exception {
        AtomicBoolean full = new AtomicBoolean(true);
        CountDownLatch go = new CountDownLatch(1);
        Commits commits = new Commits(go);
        int count = 1 + CommitLoop.MOST_EVENTS;
        try (Journal journal = open(writer -> limited(writer, full.get()))) {
            while (!journal.status().care().reserved()) {
                Thread.sleep(5);
            }
            journal.subscribe(commits);
            for (int i = 0; i < count; i++) {
                journal.offer(SampleEvents.read(i));
                commits.await(1);
            }
            go.countDown();
            awaitTrouble(journal, "full");
            commits.await(2);
            assertThat(commits.runs().get(1)).isEqualTo(1_024);
            full.set(false);
            assertThat(Commits.seqs(commits.await(count))).isSorted().doesNotHaveDuplicates();
            assertThat(journal.read(journal.id(), 1, count, count)).isEqualTo(commits.soFar());
        }
    }

    @Test
    void theEndDoesNotWaitForeverForADiskThatFails() throws Exception {
        Path file = directory.resolve("journal.db");
        Notices notices = new Notices();
        Rescue rescue = new Rescue(file, notices);
        Store store = new Store(file, opening(), connection -> connection, false, notices);
        Store.Opened opened = store.open(Optional.empty());
        Life life = opened.life();
        EventReader reader = new EventReader(file, (journal, first, last, why) -> {});
        WriterKeeper keeper = new WriterKeeper(store, opened, reader, rescue, notices, SampleEvents.BOOT);
        Intake intake = new Intake();
        Upkeep upkeep = new Upkeep(new LogRoom(file, 1_000_000), rescue);
        CommitLoop loop = new CommitLoop(keeper, intake, upkeep, Duration.ZERO);
        try (Connection tool = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = tool.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            intake.offer(SampleEvents.read(1));
            intake.close();
            loop.start();
            assertThat(loop.stop(Duration.ofMillis(50), Duration.ofSeconds(50))).isTrue();
            keeper.close();
            reader.close();
        }
        try (Journal journal = open(writer -> writer)) {
            assertThat(journal.id()).isEqualTo(life.journal());
            assertThat(journal.journals().getFirst().lastSeq()).isZero();
        }
    }

    private Journal open(Journal.Tuning tuning) throws Exception {
        return Journal.open(opening(), tuning);
    }

    private Journal.Opening opening() {
        return new Journal.Opening(directory, "box", SampleEvents.BOOT, "machine", 1, Duration.ZERO);
    }

    /** The file may grow to so many pages only: SQLite then answers as on a full disk. */
    private static Connection limited(Connection writer, boolean full) throws SQLException {
        if (full) {
            try (Statement statement = writer.createStatement()) {
                statement.execute("PRAGMA max_page_count = 60");
            }
        }
        return writer;
    }

    /** The commit at which the count reaches 0 reports a failure, before or after it is done. */
    private static Connection failing(Connection writer, AtomicInteger commitsLeft, boolean afterwards) {
        return failing(writer, () -> commitsLeft.decrementAndGet() == 0, () -> afterwards);
    }

    private static Connection failing(Connection writer, BooleanSupplier nextFails) {
        return failing(writer, nextFails, () -> false);
    }

    /** @param afterwards of a commit that fails, whether it is done before */
    private static Connection failing(Connection writer, BooleanSupplier nextFails, BooleanSupplier afterwards) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    boolean fails = method.getName().equals("commit") && nextFails.getAsBoolean();
                    if (fails && !afterwards.getAsBoolean()) {
                        throw new SQLException("disk I/O error, on purpose");
                    }
                    try {
                        Object result = method.invoke(writer, arguments);
                        if (fails) {
                            throw new SQLException("disk I/O error, on purpose");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void awaitTrouble(Journal journal, String reason) throws InterruptedException {
        while (journal.trouble().filter(text -> text.contains(reason)).isEmpty()) {
            Thread.sleep(5);
        }
    }
}
