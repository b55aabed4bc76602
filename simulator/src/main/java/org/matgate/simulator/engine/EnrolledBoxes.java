package org.matgate.simulator.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.matgate.protocol.channel.Token;
import org.matgate.protocol.receiver.EngineKey;

/**
 * Which boxes an engine lets in, in the engine's file: of each token its SHA-256. A running engine may have the same file
 * open. Its key lies beside it. Not thread-safe.
 */
public final class EnrolledBoxes implements AutoCloseable {
    /** Made where it is missing, so that files from before there were any are good. */
    private static final String TABLE = "CREATE TABLE IF NOT EXISTS enrolled_box ("
            + "name TEXT PRIMARY KEY,"
            + " token_sha256 BLOB NOT NULL CHECK (length(token_sha256) = 32),"
            + " enrolled_utc_nanos INTEGER NOT NULL,"
            + " revoked_utc_nanos INTEGER) STRICT"; // NULL: it is let in

    private final Path file;
    private final Connection connection;

    /**
     * A box, or one that was.
     *
     * @param revokedUtcNanos empty while it is let in
     */
    public record Box(String name, long enrolledUtcNanos, OptionalLong revokedUtcNanos) {}

    private EnrolledBoxes(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /**
     * Opens the engine's file, or makes it.
     *
     * @throws IOException if it cannot be opened, or is not an engine's
     */
    public static EnrolledBoxes open(Path file) throws IOException {
        return new EnrolledBoxes(file, SqliteFile.open(file, TABLE));
    }

    /** Where the key of the engine with this file is kept. */
    public static Path keyFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".p12");
    }

    /** The engine's key, which is made where there is none. */
    public EngineKey key() throws IOException {
        Path path = keyFile(file);
        // Two who enroll at once must not make two keys.
        execute("BEGIN IMMEDIATE");
        try {
            if (!Files.exists(path)) {
                EngineKey.generate().save(path);
            }
            return EngineKey.load(path);
        } finally {
            execute("ROLLBACK");
        }
    }

    private void execute(String sql) throws IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    /** All of them by name. */
    public List<Box> all() throws IOException {
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT name, enrolled_utc_nanos, revoked_utc_nanos FROM enrolled_box ORDER BY name");
                ResultSet row = query.executeQuery()) {
            List<Box> boxes = new ArrayList<>();
            while (row.next()) {
                long at = row.getLong(3);
                // Of the column that was read last.
                OptionalLong revoked = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(at);
                boxes.add(new Box(row.getString(1), row.getLong(2), revoked));
            }
            return boxes;
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    /** What is known of the tokens of those that are let in, by name. */
    public Map<String, byte[]> hashes() throws IOException {
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT name, token_sha256 FROM enrolled_box WHERE revoked_utc_nanos IS NULL");
                ResultSet row = query.executeQuery()) {
            Map<String, byte[]> hashes = new HashMap<>();
            while (row.next()) {
                hashes.put(row.getString(1), row.getBytes(2));
            }
            return hashes;
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    /** Gives this box a token, which is told here and nowhere again; one that it had is void. */
    public String enroll(String name, long utcNanos) throws IOException {
        String token = Token.random();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO enrolled_box VALUES (?, ?, ?, NULL)"
                + " ON CONFLICT (name) DO UPDATE SET token_sha256 = excluded.token_sha256,"
                + " enrolled_utc_nanos = excluded.enrolled_utc_nanos, revoked_utc_nanos = NULL")) {
            insert.setString(1, name);
            insert.setBytes(2, Token.hash(token));
            insert.setLong(3, utcNanos);
            insert.executeUpdate();
            return token;
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    /** Lets this box in no more; false if it was not let in. A running engine ends its session within a second. */
    public boolean revoke(String name, long utcNanos) throws IOException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE enrolled_box SET revoked_utc_nanos = ? WHERE name = ? AND revoked_utc_nanos IS NULL")) {
            update.setLong(1, utcNanos);
            update.setString(2, name);
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    private static IOException failed(Path file, SQLException e) {
        return new IOException("cannot use the boxes in " + file + ": " + e.getMessage(), e);
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }
}
