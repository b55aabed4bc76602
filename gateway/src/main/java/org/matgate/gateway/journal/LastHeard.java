package org.matgate.gateway.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When each reader was last heard in this boot, as far as the journal knows.
 *
 * @param byReader CLOCK_MONOTONIC of the reader's last event among those looked at
 * @param earliest CLOCK_MONOTONIC of the oldest event looked at; empty if there was none of this boot
 */
record LastHeard(Map<String, Long> byReader, OptionalLong earliest) {
    /** The most events looked at: 20 s of the highest load, hours of a quiet mat; well under a second on a small box. */
    static final int MOST_EVENTS = 100_000;

    private static final Logger log = LoggerFactory.getLogger(LastHeard.class);

    static final LastHeard NOTHING = new LastHeard(Map.of(), OptionalLong.empty());

    LastHeard {
        byReader = Map.copyOf(byReader);
    }

    /** Looks backwards from the journal's end, as far as the first damage: what lies before that counts as not looked at. */
    static LastHeard find(Connection connection, long journalNumber, UUID bootId) throws SQLException {
        Map<String, Long> byReader = new HashMap<>();
        OptionalLong earliest = OptionalLong.empty();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT reader, monotonic_nanos, boot.id
                FROM event JOIN boot ON boot.number = event.boot LEFT JOIN source ON source.number = event.source
                WHERE event.id BETWEEN ? AND ? ORDER BY event.id DESC LIMIT ?""")) {
            select.setLong(1, Schema.id(journalNumber, 1));
            select.setLong(2, Schema.id(journalNumber, Schema.MAX_SEQ));
            select.setInt(3, MOST_EVENTS);
            try (ResultSet row = select.executeQuery()) {
                while (row.next() && row.getString(3).equals(bootId.toString())) {
                    long monotonicNanos = row.getLong(2);
                    String reader = row.getString(1);
                    if (!row.wasNull()) {
                        byReader.putIfAbsent(reader, monotonicNanos);
                    }
                    earliest = OptionalLong.of(monotonicNanos);
                }
            }
        } catch (SQLException e) {
            if (!Store.isInTheWay(e)) {
                throw e;
            }
            log.warn("when readers were last heard is not known from before a damaged place: {}", e.getMessage());
        }
        return new LastHeard(byReader, earliest);
    }

    /** From when on reads of this reader may be missing; empty if nothing is known of this boot. */
    OptionalLong monotonicNanos(String reader) {
        Long heard = byReader.get(reader);
        return heard == null ? earliest : OptionalLong.of(heard);
    }
}
