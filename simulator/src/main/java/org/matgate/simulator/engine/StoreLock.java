package org.matgate.simulator.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Holds an engine's file so that nobody else can write to it, until it is closed. Not thread-safe. */
public final class StoreLock implements AutoCloseable {
    private final Connection connection;

    /** Takes it; waits up to 5 s for one who writes just now. */
    public StoreLock(Path engineDatabase) throws IOException {
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + engineDatabase);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 5000");
                statement.execute("BEGIN IMMEDIATE");
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new IOException("cannot lock " + engineDatabase + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            throw new IOException("cannot let go of the engine's file: " + e.getMessage(), e);
        }
    }
}
