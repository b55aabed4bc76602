package org.matgate.simulator.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Opens the engine's file, makes its tables, and refuses what is not its own. */
final class SqliteFile {
    /** "mgEn": tells this file from any other SQLite file. */
    private static final int APPLICATION_ID = 0x6D67456E;

    private static final int VERSION = 3;

    private SqliteFile() {}

    /** A connection outside any transaction. */
    static Connection open(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("journal_mode", "WAL");
        // An acknowledged event must survive a power cut.
        properties.setProperty("synchronous", "FULL");
        properties.setProperty("foreign_keys", "true");
        properties.setProperty("busy_timeout", "5000");
        // The driver would otherwise run one query more an insert.
        properties.setProperty("jdbc.get_generated_keys", "false");
        try {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, properties);
            try {
                prepare(file, connection);
                return connection;
            } catch (SQLException | IOException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new IOException("cannot open " + file + " as the engine's store: " + e.getMessage(), e);
        }
    }

    private static void prepare(Path file, Connection connection) throws SQLException, IOException {
        int tables = number(connection, "SELECT count(*) FROM sqlite_schema");
        if (tables == 0) {
            create(connection);
        }
        int application = number(connection, "PRAGMA application_id");
        int version = number(connection, "PRAGMA user_version");
        if (application != APPLICATION_ID) {
            throw new IOException(file + " is the database of another program; choose another file");
        }
        if (version != VERSION) {
            throw new IOException(file + " has version " + version + " of the engine's store and this program knows "
                    + VERSION + "; use the matsim that wrote it, or another file");
        }
    }

    private static void create(Connection connection) throws SQLException, IOException {
        try (InputStream in = SqliteFile.class.getResourceAsStream("schema.sql");
                Statement statement = connection.createStatement()) {
            if (in == null) {
                throw new IllegalStateException("schema.sql is missing from the jar");
            }
            statement.execute("BEGIN IMMEDIATE");
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String sql : script.split(";\\R", -1)) {
                if (!sql.isBlank()) {
                    statement.executeUpdate(sql);
                }
            }
            statement.executeUpdate("PRAGMA application_id = " + APPLICATION_ID);
            statement.executeUpdate("PRAGMA user_version = " + VERSION);
            statement.execute("COMMIT");
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
