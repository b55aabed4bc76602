package org.matgate.simulator.referee;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Counts what box journals and engines hold, while they may be running: both have a table {@code event}. */
final class Tables {
    /** Other processes write meanwhile. */
    private static final int BUSY_SECONDS = 5;

    private Tables() {}

    /** How many events an engine holds, by its ledger; 0 if there is no file yet, or nothing in it. */
    static long eventsInEngine(Path file) throws IOException {
        return count(file, "SELECT coalesce(sum(last - first + 1), 0) FROM ledger");
    }

    /**
     * How many events the journals of a box hold; 0 if there is no file yet, or nothing in it. Their numbers have no gap,
     * so the last one of each tells, however many they are.
     */
    static long eventsInJournals(Path file) throws IOException {
        return count(file, """
                SELECT coalesce(sum((SELECT coalesce(max(event.id) & 0xFFFFFFFFFF, 0) FROM event
                  WHERE event.id > journal.number << 40 AND event.id < (journal.number + 1) << 40)), 0)
                FROM journal""");
    }

    /** How many reads; 0 if there is no file yet, or nothing in it. */
    static long reads(Path file) throws IOException {
        return count(file, "SELECT count(*) FROM event WHERE chip IS NOT NULL");
    }

    private static long count(Path file, String query) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(BUSY_SECONDS);
            if (!hasEvents(connection)) {
                return 0;
            }
            try (ResultSet row = statement.executeQuery(query)) {
                return row.next() ? row.getLong(1) : 0;
            }
        } catch (SQLException e) {
            throw new IOException("cannot count what " + file + " holds: " + e.getMessage(), e);
        }
    }

    /** Whether the tables have been made yet. */
    static boolean hasEvents(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(BUSY_SECONDS);
            try (ResultSet tables = statement.executeQuery("SELECT count(*) FROM sqlite_master WHERE name = 'event'")) {
                return tables.next() && tables.getLong(1) > 0;
            }
        }
    }
}
