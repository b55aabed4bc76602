package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.gateway.pulse.PulseLooks;

/** What the writer's pulse tells of it. */
@Timeout(120)
class JournalPulseTest {
    @TempDir
    Path directory;

    private Journal open(Journal.Tuning tuning) throws Exception {
        return Journal.open(
                new Journal.Opening(directory, "box", SampleEvents.BOOT, "machine", 0, Duration.ZERO), tuning);
    }

    @Test
    void itBeatsWhileNothingComesWhileSomethingDoesAndWhileNothingCanBeCommitted() throws Exception {
        try (Journal journal = open(writer -> writer)) {
            PulseLooks.awaitBeats(journal.pulse(), 3);
            journal.offer(SampleEvents.read(1));
            PulseLooks.awaitBeats(journal.pulse(), 1);
            try (Connection tool = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
                    Statement statement = tool.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                journal.offer(SampleEvents.read(2));
                while (journal.trouble().isEmpty()) {
                    PulseLooks.awaitBeats(journal.pulse(), 1);
                }
                PulseLooks.awaitBeats(journal.pulse(), 2);
                statement.execute("ROLLBACK");
            }
        }
    }

    @Test
    void aCommitThatDoesNotReturnStopsIt() throws Exception {
        CountDownLatch disk = new CountDownLatch(1);
        AtomicBoolean stalls = new AtomicBoolean();
        try (Journal journal = open(writer -> stalling(writer, stalls, disk))) {
            stalls.set(true);
            journal.offer(SampleEvents.read(1));
            assertThat(PulseLooks.awaitStuck(journal.pulse()))
                    .startsWith("the journal's writer for ")
                    .contains("JournalPulseTest.stall(", "CommitLoop.attempt(");
            disk.countDown();
            PulseLooks.awaitBeats(journal.pulse(), 2);
        } finally {
            disk.countDown();
        }
    }

    private static Connection stalling(Connection writer, AtomicBoolean stalls, CountDownLatch disk) {
        return (Connection) Proxy.newProxyInstance(
                JournalPulseTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, given) -> {
                    if (stalls.get() && method.getName().equals("commit")) {
                        stall(disk);
                    }
                    return method.invoke(writer, given);
                });
    }

    private static void stall(CountDownLatch disk) throws InterruptedException {
        disk.await();
    }
}
