package org.matgate.gateway.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Source;

/**
 * The small tables {@code journal}, {@code boot} and {@code source} in memory: a row of {@code event} names each by a small
 * number.
 * Not thread-safe.
 */
final class Names {
    private final Connection connection;
    private final Map<UUID, Integer> bootNumbers = new HashMap<>();
    private final Map<Integer, UUID> boots = new HashMap<>();
    private final Map<Source, Integer> sourceNumbers = new HashMap<>();
    private final Map<Integer, Source> sources = new HashMap<>();

    private final Map<Long, JournalId> journals = new HashMap<>();
    private final Checksum checksum = new Checksum();
    private @Nullable Long lastUnchecked;

    Names(Connection connection) throws SQLException {
        this.connection = connection;
        load();
    }

    /** The number of this boot; a new one gets its row in the present transaction. */
    int number(UUID boot) throws SQLException {
        Integer known = bootNumbers.get(boot);
        if (known != null) {
            return known;
        }
        int number = boots.size() + 1;
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO boot(number, id) VALUES(?, ?)")) {
            insert.setInt(1, number);
            insert.setString(2, boot.toString());
            insert.executeUpdate();
        }
        put(number, boot);
        return number;
    }

    /** The number of this source; a new one gets its row in the present transaction. */
    int number(Source source) throws SQLException {
        Integer known = sourceNumbers.get(source);
        if (known != null) {
            return known;
        }
        int number = sources.size() + 1;
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO source(number, reader, timing_point, line) VALUES(?, ?, ?, ?)")) {
            insert.setInt(1, number);
            insert.setString(2, source.reader());
            insert.setString(3, source.timingPoint());
            insert.setString(4, source.line().name());
            insert.executeUpdate();
        }
        put(number, source);
        return number;
    }

    /**
     * The boot of this number; looks again on disk for one that is new.
     *
     * @throws IllegalArgumentException if there is none: whatever row names it is damaged
     */
    UUID boot(int number) throws SQLException {
        return found(boots, number, "boot");
    }

    /** The source of this number, likewise. */
    Source source(int number) throws SQLException {
        return found(sources, number, "source");
    }

    /** The journal of the event with this id, likewise. */
    JournalId journal(long eventId) throws SQLException {
        return found(journals, eventId >> Schema.SEQ_BITS, "journal");
    }

    /** What rows are checked by. */
    Checksum checksum() {
        return checksum;
    }

    /** Whether the event with this id may lack a checksum: then an older version wrote it, before all that have one. */
    boolean mayLackChecksum(long eventId) throws SQLException {
        Long last = lastUnchecked;
        if (last == null) {
            last = findLastUnchecked();
            lastUnchecked = last;
        }
        return eventId > 0 && eventId <= last;
    }

    /** As the file notes it, twice, since a note is as easily damaged; without it the first event with one tells. */
    private long findLastUnchecked() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT coalesce("
                + "(SELECT max(row) FROM spare WHERE of = 'unchecked' AND first = CAST(row AS TEXT)),"
                + "(SELECT id - 1 FROM event WHERE id > ? AND checksum IS NOT NULL ORDER BY id LIMIT 1),"
                + "(SELECT max(id) FROM event), 0)")) {
            // What was saved from another file has a lower id, and a checksum.
            select.setLong(1, Schema.id(1, 0));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private <K, T> T found(Map<K, T> names, K number, String table) throws SQLException {
        @Nullable T name = names.get(number);
        if (name == null) {
            load();
            name = names.get(number);
        }
        if (name == null) {
            throw new IllegalArgumentException("table " + table + " has no row " + number + ", which an event names");
        }
        return name;
    }

    private void load() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT number, id FROM journal")) {
                while (row.next()) {
                    journals.put(row.getLong(1), JournalId.parse(row.getString(2)));
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT number, id FROM boot")) {
                while (row.next()) {
                    put(row.getInt(1), UUID.fromString(row.getString(2)));
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT number, reader, timing_point, line FROM source")) {
                while (row.next()) {
                    Source.Line line = Source.Line.valueOf(row.getString(4));
                    put(row.getInt(1), new Source(row.getString(2), row.getString(3), line));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new SQLException("table journal, boot or source is damaged: " + e.getMessage(), e);
        }
    }

    private void put(int number, UUID boot) {
        boots.put(number, boot);
        bootNumbers.put(boot, number);
    }

    private void put(int number, Source source) {
        sources.put(number, source);
        sourceNumbers.put(source, number);
    }
}
