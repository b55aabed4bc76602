package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalStatusTest {
    @TempDir
    Path directory;

    private Journal open() throws Exception {
        return Journal.open(new Journal.Opening(directory, "box", new UUID(1, 2), "machine", 1, Duration.ZERO));
    }

    @Test
    void whatIsOnDiskIsCounted() throws Exception {
        SampleEvents sample = new SampleEvents(SampleEvents.seed());
        Commits commits = new Commits();
        try (Journal journal = open()) {
            assertThat(journal.status().lastSeq()).isZero();
            journal.subscribe(commits);
            for (int i = 0; i < 50; i++) {
                assertThat(journal.offer(sample.any())).isTrue();
            }
            commits.await(50);
            JournalStatus status = journal.status();
            assertThat(status.journal()).isEqualTo(journal.id());
            assertThat(status.lastSeq()).isEqualTo(50);
            assertThat(status.trouble()).isEmpty();
            assertThat(status.fillLevel()).isZero();
            assertThat(status.usableBytes().orElseThrow()).isPositive();
        }
        try (Journal journal = open()) {
            assertThat(journal.status().lastSeq()).isEqualTo(50);
        }
    }

    @Test
    void whoeverHoldsTheJournalIsNamed() throws Exception {
        assertThat(Journal.holder(directory)).isEmpty();
        assertThat(Journal.holder(directory.resolve("none"))).isEmpty();
        try (Journal journal = open()) {
            assertThat(journal.id()).isNotNull();
            assertThat(Journal.holder(directory)).contains("this process");
        }
        assertThat(Journal.holder(directory)).isEmpty();
    }

    @Test
    void anotherProcessThatHoldsTheJournalIsNamed() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path ready = directory.resolve("ready");
        Process holder = new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        directory.toString(),
                        ready.toString())
                .inheritIO()
                .start();
        try {
            while (!Files.exists(ready) && holder.isAlive()) {
                Thread.sleep(20);
            }
            assertThat(Journal.holder(directory)).contains("process " + holder.pid());
        } finally {
            holder.destroyForcibly().waitFor();
        }
        assertThat(Journal.holder(directory)).isEmpty();
    }

    /** A process that holds the journal's lock until it is killed. */
    static final class LockHolder {
        private LockHolder() {}

        public static void main(String[] arguments) throws Exception {
            try (JournalLock lock = JournalLock.take(Path.of(arguments[0]), new UUID(1, 2))) {
                assertThat(lock).isNotNull();
                Files.createFile(Path.of(arguments[1]));
                Thread.sleep(60_000);
            }
        }
    }
}
