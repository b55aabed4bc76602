package org.matgate.simulator.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** Opens the engine's file, makes its tables, and refuses what is not its own. */
final class SqliteFile {
    /** "mgEn": tells this file from any other SQLite file. */
    private static final int APPLICATION_ID = 0x6D67456E;

    private static final int VERSION = 3;

    /** Somebody else's lock on the file is waited for so long. */
    private static final int BUSY_TIMEOUT_MILLIS = 5000;

    private SqliteFile() {}

    /** A connection outside any transaction. */
    static Connection open(Path file) throws IOException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // An acknowledged event must survive a power cut.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        // The driver would otherwise run one query more an insert.
        config.setGetGeneratedKeys(false);
        // One thread at a time uses the connection: SQLite's own lock, taken for every parameter, would be for nobody.
        config.setOpenMode(SQLiteOpenMode.NOMUTEX);
        try {
            Connection connection = config.createConnection("jdbc:sqlite:" + file);
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

    /**
     * The same, with a table of another command's beside the store's own.
     *
     * @param table the statement that makes it where it is missing, as in files from before there was any
     */
    static Connection open(Path file, String table) throws IOException {
        Connection connection = open(file);
        try {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(table);
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new IOException("cannot write to " + file + ", the engine's store: " + e.getMessage(), e);
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
