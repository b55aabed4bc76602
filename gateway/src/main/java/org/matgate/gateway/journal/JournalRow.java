package org.matgate.gateway.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.matgate.protocol.stream.JournalId;

/**
 * A journal of the file.
 *
 * @param number its place in the file: 1, 2, 3, …
 * @param box the name of the box that wrote it
 * @param createdUtcNanos when it was begun, as believed then
 * @param closed whether its last writer ended in order
 * @param current whether it is the one that takes events
 * @param firstSeq 1, or more where a deletion was interrupted
 * @param lastSeq 0 while it is empty
 */
public record JournalRow(
        long number,
        JournalId id,
        String box,
        long createdUtcNanos,
        boolean closed,
        boolean current,
        long firstSeq,
        long lastSeq) {

    /** From its first to its last event, if none is missing between. */
    public long events() {
        return Math.max(0, lastSeq - firstSeq + 1);
    }

    /** Every journal, the oldest first. */
    static List<JournalRow> all(Connection connection) throws SQLException {
        List<JournalRow> journals = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                    SELECT number, id, box, created_utc_nanos, closed, number = (SELECT max(number) FROM journal)
                    FROM journal ORDER BY number""")) {
            while (row.next()) {
                JournalEnds ends = JournalEnds.of(connection, row.getLong(1));
                journals.add(new JournalRow(
                        row.getLong(1),
                        JournalId.parse(row.getString(2)),
                        row.getString(3),
                        row.getLong(4),
                        row.getInt(5) == 1,
                        row.getInt(6) == 1,
                        ends.firstSeq(),
                        ends.lastSeq()));
            }
        }
        return journals;
    }
}
