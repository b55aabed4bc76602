package org.matgate.gateway.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * From which seq to which a journal reaches, as the table {@code event} has it. Where a place there is damaged that is asked
 * for, so far as it reached at least: who then reads what is missing is told that it cannot be read.
 *
 * @param firstSeq 1, or more where a deletion was interrupted
 * @param lastSeq 0 while it is empty
 */
record JournalEnds(long firstSeq, long lastSeq) {
    private static final JournalEnds NONE = new JournalEnds(1, 0);

    /** @throws SQLException if not the file is damaged in places, but nothing can be had of it */
    static JournalEnds of(Connection connection, long number) throws SQLException {
        Look look = new Look(connection, number);
        long last = last(look);
        return last == 0 ? NONE : new JournalEnds(first(look), last);
    }

    private static long first(Look look) throws SQLException {
        try {
            return look.first(1);
        } catch (SQLException e) {
            if (Store.isInTheWay(e)) {
                return 1;
            }
            throw e;
        }
    }

    private static long last(Look look) throws SQLException {
        try {
            return look.last(Schema.MAX_SEQ);
        } catch (SQLException e) {
            if (Store.isInTheWay(e)) {
                return damagedEnd(look, e);
            }
            throw e;
        }
    }

    private static long damagedEnd(Look look, SQLException damage) throws SQLException {
        // Behind its last page the tree is whole again, and knows up to where that page reaches.
        long behind = behind(look);
        if (behind <= Schema.MAX_SEQ) {
            return behind - 1;
        }
        // The page is another journal's as well: how many events it held of this one nobody can tell, but it held some.
        long readable = readable(look);
        if (readable == 0 && Store.isDiskError(damage)) {
            throw damage;
        }
        return readable + 1;
    }

    /** The least seq from which on there is nothing, nor damage. */
    private static long behind(Look look) throws SQLException {
        long low = 0;
        long high = Schema.MAX_SEQ + 1;
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (look.endsBefore(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /** The last seq that is found when the end is passed over. */
    private static long readable(Look look) throws SQLException {
        long low = 0;
        long high = Schema.MAX_SEQ;
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            try {
                look.last(middle);
                low = middle;
            } catch (SQLException e) {
                if (!Store.isInTheWay(e)) {
                    throw e;
                }
                high = middle;
            }
        }
        return low == 0 ? 0 : look.last(low);
    }

    /** At the events of a journal. */
    private record Look(Connection connection, long number) {
        /** The first from this seq on, 0 if there is none. */
        long first(long from) throws SQLException {
            return one("SELECT id FROM event WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1", from, Schema.MAX_SEQ);
        }

        /** The last up to this seq, 0 if there is none. */
        long last(long to) throws SQLException {
            return one("SELECT id FROM event WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1", 1, to);
        }

        boolean endsBefore(long seq) throws SQLException {
            try {
                return first(seq) == 0;
            } catch (SQLException e) {
                if (Store.isInTheWay(e)) {
                    return false;
                }
                throw e;
            }
        }

        /** By a statement of its own: the driver closes one that meets damage. */
        private long one(String query, long from, long to) throws SQLException {
            try (PreparedStatement select = connection.prepareStatement(query)) {
                select.setLong(1, Schema.id(number, from));
                select.setLong(2, Schema.id(number, to));
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Schema.seq(row.getLong(1)) : 0;
                }
            }
        }
    }
}
