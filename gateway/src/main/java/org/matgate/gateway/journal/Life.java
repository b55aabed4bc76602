package org.matgate.gateway.journal;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.matgate.protocol.stream.JournalId;

/**
 * One opening of a journal, from its beginning to close or death.
 *
 * @param continued false if the journal is new
 */
record Life(long journalNumber, JournalId journal, boolean continued) {
    private record Latest(long number, JournalId journal, String box, String machine, String boot) {}

    /**
     * Continues the latest journal or begins a new one, durably. A journal is continued only within its boot: after a power
     * cut the disk may have lost what had been sent, and whoever puts an older copy of it into the machine starts that anew,
     * however orderly the copy was closed; but a seq once sent must never name another event. A copied card brings another
     * machine.
     */
    static Life begin(Connection writer, Journal.Opening opening) throws SQLException {
        return begin(writer, opening, false);
    }

    /** @param anew whether a new journal is begun in any case */
    static Life begin(Connection writer, Journal.Opening opening, boolean anew) throws SQLException {
        try (PreparedStatement select = writer.prepareStatement(
                        "SELECT number, id, box, machine, boot FROM journal ORDER BY number DESC LIMIT 1");
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return beginNew(writer, 1, opening);
            }
            Latest latest = new Latest(
                    row.getLong(1),
                    JournalId.parse(row.getString(2)),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5));
            boolean sameBox = latest.box.equals(opening.box()) && latest.machine.equals(opening.machineId());
            boolean sameBoot = latest.boot.equals(opening.bootId().toString());
            return !anew && sameBox && sameBoot ? goOn(writer, latest) : beginNew(writer, latest.number + 1, opening);
        } catch (IllegalArgumentException e) {
            throw new SQLException("table journal is damaged: " + e.getMessage(), e);
        }
    }

    /** Deletes what lies behind this seq, within the present transaction. */
    void deleteBehind(Connection writer, long seq) throws SQLException {
        String behind =
                " BETWEEN " + Schema.id(journalNumber, seq + 1) + " AND " + Schema.id(journalNumber, Schema.MAX_SEQ);
        try (Statement statement = writer.createStatement()) {
            statement.executeUpdate("DELETE FROM event WHERE id" + behind);
            statement.executeUpdate("DELETE FROM clock_piece WHERE event" + behind);
        }
    }

    private static Life goOn(Connection writer, Latest latest) throws SQLException {
        try (PreparedStatement update = writer.prepareStatement("UPDATE journal SET closed = 0 WHERE number = ?")) {
            update.setLong(1, latest.number);
            update.executeUpdate();
        }
        writer.commit();
        return new Life(latest.number, latest.journal, true);
    }

    private static Life beginNew(Connection writer, long number, Journal.Opening opening) throws SQLException {
        SecureRandom random = new SecureRandom();
        JournalId journal = new JournalId(random.nextLong(), random.nextLong());
        try (PreparedStatement insert = writer.prepareStatement("""
                INSERT INTO journal(number, id, box, machine, boot, created_utc_nanos, closed)
                VALUES(?, ?, ?, ?, ?, ?, 0)""")) {
            insert.setLong(1, number);
            insert.setString(2, journal.toString());
            insert.setString(3, opening.box());
            insert.setString(4, opening.machineId());
            insert.setString(5, opening.bootId().toString());
            insert.setLong(6, opening.nowUtcNanos());
            insert.executeUpdate();
        }
        writer.commit();
        return new Life(number, journal, false);
    }
}
