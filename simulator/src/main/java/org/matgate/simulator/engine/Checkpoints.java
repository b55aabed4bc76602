package org.matgate.simulator.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the write-ahead log into the file on a thread and connection of its own, so that no live event waits for that: in
 * the writer's own call, as SQLite does it by itself, each thousandth page makes everybody wait for ten milliseconds. What
 * is written meanwhile stays for the writer, which is little, and after which the log begins anew. Thread-safe.
 */
final class Checkpoints implements AutoCloseable {
    /** Of the log, roughly; SQLite's own bound. */
    private static final int PAGES = 1000;

    /** Rows of reads in a page, and pages that every commit takes besides. */
    private static final int ROWS_A_PAGE = 32;

    private static final int PAGES_A_COMMIT = 3;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
    private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);

    private final Connection connection;
    private final Semaphore due = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean copied;
    private long pages;

    private Checkpoints(Connection connection) {
        this.connection = connection;
        this.thread = Thread.ofPlatform().name("engine-checkpoint").daemon().start(this::run);
    }

    /**
     * Takes over from SQLite.
     *
     * @param writer the connection that writes to the file
     */
    static Checkpoints of(Path file, Connection writer) throws IOException, SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA wal_autocheckpoint = 0");
        }
        return new Checkpoints(SqliteFile.open(file));
    }

    /** So many rows were committed. Called by the writer, outside its transaction. */
    void committed(Connection writer, long rows) {
        pages += PAGES_A_COMMIT + rows / ROWS_A_PAGE;
        if (copied) {
            copied = false;
            pages = 0;
            copy(writer);
        } else if (pages >= PAGES) {
            pages = 0;
            due.release();
        }
    }

    private void run() {
        try {
            while (!closed) {
                due.acquire();
                due.drainPermits();
                if (!closed) {
                    copied = copy(connection);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean copy(Connection by) {
        try (Statement statement = by.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
            return row.next();
        } catch (SQLException e) {
            // What is committed is safe in the log, and the next commit meets whatever is wrong with the disk.
            log.warn("the engine's log cannot be brought into its file, and grows: {}", e.getMessage());
            return false;
        }
    }

    /** Waits for a checkpoint under way; the file's last connection does the rest as it is closed. */
    @Override
    public void close() throws SQLException {
        closed = true;
        due.release();
        try {
            if (!thread.join(CLOSE_LIMIT)) {
                log.warn("the engine's log is still being brought into its file");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
