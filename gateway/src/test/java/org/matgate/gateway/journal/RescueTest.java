package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;

/** What others see while a damaged file is being saved. */
@Timeout(120)
class RescueTest {
    private static final int EVENTS = 12_000;

    @TempDir
    Path directory;

    @Test
    void aJournalIsNamedOnceAllThatCanBeSavedOfItIsThere() throws Exception {
        JournalId old = putAside();
        Semaphore steps = new Semaphore(0);
        AtomicInteger told = new AtomicInteger();
        try (Journal journal = Journal.open(opening(), connection -> stepping(connection, steps))) {
            try {
                journal.subscribe(new JournalView.CommitListener() {
                    @Override
                    public void committed(JournalId id, List<Entry> entries) {
                        assertThat(id).isNotEqualTo(old);
                    }

                    @Override
                    public void saved() {
                        told.incrementAndGet();
                    }
                });
                long first = savedSoFar(steps, old, 0);
                assertThat(journal.journals()).containsExactly(new JournalSummary(journal.id(), 1, 0));
                long second = savedSoFar(steps, old, first);
                assertThat(second).isGreaterThan(first).isLessThan(EVENTS);
                assertThat(journal.journals()).containsExactly(new JournalSummary(journal.id(), 1, 0));
                assertThat(told).hasValue(0);
            } finally {
                steps.release(1_000_000);
            }
            while (journal.status().care().salvaging() || told.get() == 0) {
                Thread.sleep(5);
            }
            assertThat(journal.journals())
                    .containsExactly(new JournalSummary(journal.id(), 1, 0), new JournalSummary(old, 1, EVENTS));
            assertThat(journal.read(old, 1, EVENTS, EVENTS)).hasSize(EVENTS);
        }
        assertThat(told).hasValue(1);
    }

    @Test
    void whatWasToldAndIsNotFoundIsLost() throws Exception {
        JournalId old = putAside();
        Path aside = directory.resolve("journal-damaged-1.db");
        assertThat(saved(aside, new Told(old, EVENTS + 7)))
                .singleElement()
                .satisfies(saved -> assertThat(saved.lost()).isEqualTo(SeqRanges.of(EVENTS + 1, EVENTS + 7)));
        assertThat(saved(aside, new Told(old, EVENTS - 7))).singleElement().satisfies(saved -> {
            assertThat(saved.events()).as("the rest was told nobody").isEqualTo(EVENTS - 7);
            assertThat(saved.lost().isEmpty()).isTrue();
        });
        JournalId gone = new JournalId(4, 2);
        assertThat(saved(aside, new Told(gone, 7))).last().satisfies(saved -> {
            assertThat(saved.journal()).isEqualTo(gone);
            assertThat(saved.lost()).isEqualTo(SeqRanges.of(1, 7));
        });
    }

    private List<Salvage.Saved> saved(Path aside, Told told) throws Exception {
        Path target = Files.createTempDirectory(directory, "to").resolve("journal.db");
        try (Salvage salvage = new Salvage(aside, Optional.of(told));
                Connection connection = Schema.writer(target)) {
            Schema.prepare(connection, target);
            EventWriter into = new EventWriter(connection, new Life(1, new JournalId(0, 0), false));
            boolean done = false;
            while (!done) {
                done = salvage.step(into);
            }
            return salvage.report().journals();
        }
    }

    /** Lets the journal's thread do one transaction after the other until more of the old journal is saved than this. */
    private long savedSoFar(Semaphore steps, JournalId old, long before) throws Exception {
        while (true) {
            steps.release();
            while (steps.availablePermits() > 0) {
                Thread.sleep(1);
            }
            try (JournalFile file = JournalFile.open(directory)) {
                long saved = file.journals().stream()
                        .filter(row -> row.id().equals(old))
                        .mapToLong(JournalRow::lastSeq)
                        .sum();
                if (saved > before) {
                    return saved;
                }
            }
        }
    }

    private JournalId putAside() throws Exception {
        JournalId old;
        try (Journal journal = Journal.open(opening())) {
            old = journal.id();
            Commits commits = new Commits();
            journal.subscribe(commits);
            for (int i = 0; i < EVENTS; i++) {
                assertThat(journal.offer(SampleEvents.read(i))).isTrue();
            }
            commits.await(EVENTS);
        }
        Files.move(directory.resolve("journal.db"), directory.resolve("journal-damaged-1.db"));
        Files.delete(directory.resolve("journal.db-wal"));
        return old;
    }

    private Journal.Opening opening() throws IOException {
        return new Journal.Opening(directory, "box", SampleEvents.BOOT, "machine", 1, Duration.ZERO, 1_000_000, true);
    }

    /** Each commit of the journal's thread takes a permit. */
    @SuppressWarnings("ReferenceEquality") // a proxy is only ever itself
    private static Connection stepping(Connection writer, Semaphore steps) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("equals")) {
                        return proxy == arguments[0];
                    }
                    if (method.getName().equals("commit")
                            && Thread.currentThread().getName().equals("journal")) {
                        steps.acquire();
                    }
                    try {
                        return method.invoke(writer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
