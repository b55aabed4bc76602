package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.matgate.protocol.stream.JournalId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the crew does to journals as a whole. It writes, each time for a moment. Thread-safe: one at a time a process. */
public final class JournalUpkeep {
    private static final Logger log = LoggerFactory.getLogger(JournalUpkeep.class);

    /** Deleted in one transaction: some milliseconds, in which a running service's commits wait. */
    private static final int EVENTS_AT_A_TIME = 2_000;

    /** No boot has this id, so no boot continues a journal that bears it. */
    private static final UUID NO_BOOT = new UUID(0, 0);

    private JournalUpkeep() {}

    /**
     * Ends the current journal of a service that is stopped: its next start begins a new one.
     *
     * @return the journal that is ended; empty if there is none, and so nothing to end
     * @throws IOException if a service runs, or the file cannot be written; the text says what to do
     */
    public static Optional<JournalId> endCurrent(Path dataDirectory) throws IOException {
        JournalLock lock = lockedFor(dataDirectory);
        try (JournalFile file = JournalFile.open(dataDirectory);
                Connection writer = Schema.writer(file.file())) {
            List<JournalRow> journals = file.journals();
            if (journals.isEmpty()) {
                return Optional.empty();
            }
            try (PreparedStatement update =
                    writer.prepareStatement("UPDATE journal SET boot = ?, closed = 0 WHERE number = ?")) {
                update.setString(1, NO_BOOT.toString());
                update.setLong(2, journals.getLast().number());
                update.executeUpdate();
            }
            writer.commit();
            return Optional.of(journals.getLast().id());
        } catch (SQLException e) {
            throw failed(dataDirectory, e);
        } finally {
            lock.close();
        }
    }

    private static JournalLock lockedFor(Path dataDirectory) throws IOException {
        // Before the lock, which makes a file: nothing is made in a directory that is not the box's.
        JournalFile.open(dataDirectory).close();
        return JournalLock.takeForCommand(dataDirectory);
    }

    /**
     * Deletes events of a journal that is not the current one, the oldest first, and in the end the journal: to be called
     * by the service, again until nothing is left.
     *
     * @param most after so many events it returns
     * @return how many events are left
     * @throws IOException if the journal is the current one, or the file cannot be written
     */
    public static long delete(Path dataDirectory, JournalId journal, int most) throws IOException {
        try (JournalFile file = JournalFile.open(dataDirectory);
                Connection writer = Schema.writer(file.file())) {
            Optional<JournalRow> row = find(file, journal);
            for (int deleted = 0; deleted < most && row.isPresent(); deleted += EVENTS_AT_A_TIME) {
                if (row.get().current()) {
                    throw new IOException("journal " + journal + " is the current one, which takes events;"
                            + " matgate journal new begins another");
                }
                delete(writer, row.get());
                row = find(file, journal);
            }
            // Else the write-ahead log would grow by all that is deleted.
            writer.setAutoCommit(true);
            try (Statement statement = writer.createStatement()) {
                statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
            } catch (SQLException e) {
                if (!Store.isFull(e)) {
                    throw e;
                }
                // The events are deleted: that is what makes room.
                log.warn("{}: the disk is full; the deletion stays in the log for now", file.file());
            }
            return row.map(left -> Math.max(1, left.events())).orElse(0L);
        } catch (SQLException e) {
            throw failed(dataDirectory, e);
        }
    }

    private static Optional<JournalRow> find(JournalFile file, JournalId journal) throws IOException {
        return file.journals().stream().filter(one -> one.id().equals(journal)).findFirst();
    }

    /** As {@link #delete}, for a service that is stopped: none can start meanwhile. */
    public static long deleteOffline(Path dataDirectory, JournalId journal, int most) throws IOException {
        JournalLock lock = lockedFor(dataDirectory);
        try {
            return delete(dataDirectory, journal, most);
        } finally {
            lock.close();
        }
    }

    private static void delete(Connection writer, JournalRow journal) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            long end = Schema.id(journal.number(), Math.min(Schema.MAX_SEQ, journal.firstSeq() + EVENTS_AT_A_TIME - 1));
            String events = " BETWEEN " + Schema.id(journal.number(), 1) + " AND " + end;
            statement.executeUpdate("DELETE FROM event WHERE id" + events);
            statement.executeUpdate("DELETE FROM clock_piece WHERE event" + events);
            if (Schema.seq(end) >= journal.lastSeq()) {
                statement.executeUpdate("DELETE FROM journal WHERE number = " + journal.number());
                statement.executeUpdate("DELETE FROM spare WHERE of = 'journal' AND row = " + journal.number());
            }
        }
        writer.commit();
    }

    private static IOException failed(Path dataDirectory, SQLException e) {
        if (Store.isFull(e)) {
            return new IOException(
                    "the disk is full, and so is the room that the journal keeps for itself: make some (`df -h` tells where),"
                            + " then give the same command again; what is not done is as it was",
                    e);
        }
        return new IOException(
                JournalFile.pathIn(dataDirectory) + " cannot be written: " + e.getMessage()
                        + ". Run this as the service's user, or with sudo; is the disk full or failing?",
                e);
    }
}
