package org.matgate.gateway.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * From which seq to which a journal reaches, as the table {@code event} has it.
 *
 * @param firstSeq 1, or more where a deletion was interrupted; 1 as well where the beginning cannot be read: who then reads
 *     from there is told what is missing
 * @param lastSeq 0 while it is empty
 */
record JournalEnds(long firstSeq, long lastSeq) {
    private static final JournalEnds NONE = new JournalEnds(1, 0);

    /** @throws SQLException where the end cannot be read, too: nobody may take a journal for shorter than it is */
    static JournalEnds of(Connection connection, long number) throws SQLException {
        long last = one(connection, number, "max");
        return last == 0 ? NONE : new JournalEnds(first(connection, number), last);
    }

    private static long first(Connection connection, long number) throws SQLException {
        try {
            return one(connection, number, "min");
        } catch (SQLException e) {
            if (Store.isInTheWay(e)) {
                return 1;
            }
            throw e;
        }
    }

    /** By a statement of its own: the driver closes one that meets damage. */
    private static long one(Connection connection, long number, String which) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + which + "(id) FROM event WHERE id BETWEEN ? AND ?")) {
            select.setLong(1, Schema.id(number, 1));
            select.setLong(2, Schema.id(number, Schema.MAX_SEQ));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Schema.seq(row.getLong(1)) : 0;
            }
        }
    }
}
