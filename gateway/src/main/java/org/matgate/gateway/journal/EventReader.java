package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.StreamFormatException;
import org.matgate.protocol.stream.StreamMessage.JournalSummary;

/**
 * Reads the journals on a connection of its own, in short transactions, so that the writer's checkpoints find the file
 * free. Thread-safe: one reads at a time.
 */
final class EventReader implements AutoCloseable {
    private final Path file;
    private final Connection connection;
    private final Names names;
    private final PreparedStatement selectJournals;
    private final PreparedStatement selectNumber;
    private final PreparedStatement selectEvents;

    EventReader(Path file) throws SQLException {
        this.file = file;
        connection = Schema.reader(file);
        try {
            names = new Names(connection);
            selectJournals = connection.prepareStatement("""
                    SELECT id,
                      (SELECT id FROM event WHERE event.id > journal.number << 40
                        AND event.id < (journal.number + 1) << 40 ORDER BY event.id LIMIT 1),
                      (SELECT id FROM event WHERE event.id > journal.number << 40
                        AND event.id < (journal.number + 1) << 40 ORDER BY event.id DESC LIMIT 1)
                    FROM journal ORDER BY number DESC""");
            selectNumber = connection.prepareStatement("SELECT number FROM journal WHERE id = ?");
            selectEvents = connection.prepareStatement(
                    "SELECT " + Columns.LIST + " FROM event WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Every journal, the newest first. */
    synchronized List<JournalSummary> journals() throws IOException {
        List<JournalSummary> journals = new ArrayList<>();
        try (ResultSet row = selectJournals.executeQuery()) {
            while (row.next()) {
                JournalId id = JournalId.parse(row.getString(1));
                long lastSeq = Schema.seq(row.getLong(3));
                journals.add(new JournalSummary(id, lastSeq == 0 ? 1 : Schema.seq(row.getLong(2)), lastSeq));
            }
        } catch (SQLException | IllegalArgumentException e) {
            throw new IOException(file + ": cannot list the journals: " + e.getMessage(), e);
        }
        return journals;
    }

    /** As {@link JournalView#read} has it. */
    synchronized List<Entry> read(JournalId journal, long firstSeq, long lastSeq, int most) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try {
            long number = number(journal);
            selectEvents.setLong(1, Schema.id(number, Math.max(1, firstSeq)));
            selectEvents.setLong(2, Schema.id(number, Math.min(Schema.MAX_SEQ, lastSeq)));
            // For SQLite a negative limit is none.
            selectEvents.setInt(3, Math.max(0, most));
            try (ResultSet row = selectEvents.executeQuery()) {
                while (row.next()) {
                    entries.add(Columns.entry(row, names));
                }
            }
        } catch (SQLException | StreamFormatException | IllegalArgumentException e) {
            throw new IOException(
                    file + ": cannot read journal " + journal + " from seq " + (firstSeq + entries.size()) + ": "
                            + e.getMessage(),
                    e);
        }
        return entries;
    }

    /** As {@link Journal#clockStates} has it. */
    synchronized List<ClockState> clockStates(UUID boot) throws IOException {
        try {
            return ClockPieces.of(connection, names, boot);
        } catch (SQLException | IllegalArgumentException e) {
            throw new IOException(file + ": cannot read the clock's pieces of boot " + boot + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }

    /** The journal's number, or -1, of which there are no events. */
    private long number(JournalId journal) throws SQLException {
        selectNumber.setString(1, journal.toString());
        try (ResultSet row = selectNumber.executeQuery()) {
            return row.next() ? row.getLong(1) : -1;
        }
    }
}
