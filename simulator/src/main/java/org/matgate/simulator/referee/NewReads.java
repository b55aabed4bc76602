package org.matgate.simulator.referee;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Counts the reads in a box's journals while it writes them: at each look only what is new, so that a look costs the same
 * however many there are. Not thread-safe.
 */
public final class NewReads {
    private static final String NEW = "SELECT coalesce(sum(kind = 16), 0), max(id) FROM event WHERE id > ?";

    /** The box writes meanwhile. */
    private static final int BUSY_SECONDS = 5;

    private final Path file;
    private long lastId;
    private long reads;

    /** @param file a box's journals, see {@link CaseDirectory#journal} */
    public NewReads(Path file) {
        this.file = file;
    }

    /** How many there were at the last look. */
    public long seen() {
        return reads;
    }

    /** How many reads there are by now; as many as before if there is no file, or nothing in it yet. */
    public long look() throws IOException {
        if (!Files.exists(file)) {
            return reads;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            if (!Tables.hasEvents(connection)) {
                return reads;
            }
            try (PreparedStatement query = connection.prepareStatement(NEW)) {
                query.setQueryTimeout(BUSY_SECONDS);
                query.setLong(1, lastId);
                try (ResultSet row = query.executeQuery()) {
                    if (row.next()) {
                        reads += row.getLong(1);
                        lastId = Math.max(lastId, row.getLong(2));
                    }
                }
            }
            return reads;
        } catch (SQLException e) {
            throw new IOException("cannot count what " + file + " holds: " + e.getMessage(), e);
        }
    }
}
