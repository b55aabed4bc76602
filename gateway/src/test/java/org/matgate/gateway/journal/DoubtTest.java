package org.matgate.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;
import org.slf4j.LoggerFactory;

/** A commit of which it is not known what became of it, and a journal that cannot be gone on with. */
@Timeout(60)
class DoubtTest {
    private static final int DISK_ERROR = 10;
    private static final int CORRUPT = 11;

    private static final Event PIECE = new Event.ClockState(
            new Stamp(SampleEvents.BOOT, 1, 1, 9, 0),
            1,
            1,
            0,
            1,
            1,
            5,
            0,
            9,
            0,
            Event.ClockSource.CHRONY,
            "synchronised");

    @TempDir
    Path directory;

    private final AtomicBoolean failing = new AtomicBoolean();

    @Test
    void whatIsCommittedAgainInANewFileIsNotSavedFromTheOldOne() throws Exception {
        inDoubt(CORRUPT, "SELECT 1");
    }

    @Test
    void whatIsCommittedAgainInTheSameFileDoesNotStayInTheFormerJournal() throws Exception {
        // Of the two events in doubt the first is not what was written.
        inDoubt(DISK_ERROR, "UPDATE event SET antenna = antenna + 1 WHERE id = (SELECT max(id) - 1 FROM event)");
    }

    /** A view that is left open fails the upkeep, and with it the next commit. */
    @Test
    void whatIsFoundOnTheDiskKeepsNothingLocked() throws Exception {
        Logger journals = (Logger) LoggerFactory.getLogger(Journal.class.getPackageName());
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        journals.addAppender(said);
        CountDownLatch go = new CountDownLatch(1);
        Commits commits = new Commits(go);
        try (Journal journal = Journal.open(opening(), writer -> failing(writer, DISK_ERROR, "SELECT 1"))) {
            journal.subscribe(commits);
            journal.offer(PIECE);
            commits.await(1);
            failing.set(true);
            journal.offer(SampleEvents.read(1));
            journal.offer(SampleEvents.read(2));
            go.countDown();
            commits.await(3);
            journal.offer(SampleEvents.read(3));
            assertThat(Commits.seqs(commits.await(4))).containsExactly(1L, 2L, 3L, 4L);
        } finally {
            journals.detachAppender(said);
        }
        assertThat(said.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("on purpose"))
                .noneMatch(line -> line.contains("LOCKED"));
    }

    /** The commit of two reads reaches the disk, where something happens, and reports this. */
    private void inDoubt(int code, String happens) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Commits commits = new Commits(go);
        try (Journal journal = Journal.open(opening(), writer -> failing(writer, code, happens))) {
            JournalId first = journal.id();
            journal.subscribe(commits);
            journal.offer(PIECE);
            commits.await(1);
            failing.set(true);
            journal.offer(SampleEvents.read(1));
            journal.offer(SampleEvents.read(2));
            go.countDown();
            commits.await(4);
            while (journal.status().care().salvaging()) {
                Thread.sleep(5);
            }
            assertThat(journal.id()).isNotEqualTo(first);
            List<Event> all = new ArrayList<>();
            for (JournalSummary summary : journal.journals()) {
                all.addAll(Commits.events(journal.read(summary.id(), 1, 99, 99)));
            }
            assertThat(all).containsExactlyInAnyOrder(PIECE, PIECE, SampleEvents.read(1), SampleEvents.read(2));
            assertThat(journal.read(journal.id(), 1, 99, 99))
                    .as("begins with what is known of the boot's clock")
                    .extracting(Entry::event)
                    .containsExactly(PIECE, SampleEvents.read(1), SampleEvents.read(2));
        }
    }

    private Journal.Opening opening() {
        return new Journal.Opening(directory, "box", SampleEvents.BOOT, "machine", 1, Duration.ZERO, 1_000_000, true);
    }

    /** Once it is to fail, the commit of the third event is done and reports a failure. */
    @SuppressWarnings("ReferenceEquality") // a proxy is only ever itself
    private Connection failing(Connection writer, int code, String happens) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("equals")) {
                        return proxy == arguments[0];
                    }
                    try {
                        boolean fails = method.getName().equals("commit") && failing.get() && events(writer) == 3;
                        Object result = method.invoke(writer, arguments);
                        if (fails && failing.getAndSet(false)) {
                            try (Statement statement = writer.createStatement()) {
                                statement.execute(happens);
                            }
                            writer.commit();
                            throw new SQLException("on purpose", null, code);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static int events(Connection writer) throws SQLException {
        try (Statement statement = writer.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM event")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
