package org.matgate.simulator.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Source;

/**
 * The numbers of journals, boots and sources, remembered. A name that is new gets its row in the present transaction;
 * after one that was rolled back, {@link #forget} must be called. Not thread-safe.
 */
final class Names {
    private record Journal(long number, String box) {}

    private final Connection connection;
    private final Map<JournalId, Journal> journals = new HashMap<>();
    private final Map<UUID, Integer> boots = new HashMap<>();
    private final Map<Source, Integer> sources = new HashMap<>();

    Names(Connection connection) {
        this.connection = connection;
    }

    /** Some of what is remembered may not be there. */
    void forget() {
        journals.clear();
        boots.clear();
        sources.clear();
    }

    /** @param box the name under which it sends now; empty where that is not known */
    long number(JournalId journal, String box) throws SQLException {
        Journal known = journals.get(journal);
        if (known != null && (box.isEmpty() || box.equals(known.box))) {
            return known.number;
        }
        long number = upsert(
                "INSERT INTO journal (id, box) VALUES (?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET box = coalesce(nullif(excluded.box, ''), box) RETURNING number",
                journal.toString(),
                box);
        journals.put(journal, new Journal(number, box));
        return number;
    }

    int number(UUID boot) throws SQLException {
        Integer known = boots.get(boot);
        if (known != null) {
            return known;
        }
        int number = (int) upsert(
                "INSERT INTO boot (id) VALUES (?) ON CONFLICT (id) DO UPDATE SET id = id RETURNING number",
                boot.toString());
        boots.put(boot, number);
        return number;
    }

    int number(Source source) throws SQLException {
        Integer known = sources.get(source);
        if (known != null) {
            return known;
        }
        int number = (int) upsert(
                "INSERT INTO source (reader, timing_point, line) VALUES (?, ?, ?)"
                        + " ON CONFLICT (reader, timing_point, line) DO UPDATE SET line = line RETURNING number",
                source.reader(),
                source.timingPoint(),
                source.line().name());
        sources.put(source, number);
        return number;
    }

    private long upsert(String sql, String... values) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                upsert.setString(i + 1, values[i]);
            }
            try (ResultSet row = upsert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
