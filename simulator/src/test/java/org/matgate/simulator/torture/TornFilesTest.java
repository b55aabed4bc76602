package org.matgate.simulator.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the real SQLite, left as a kill leaves them. */
class TornFilesTest {
    private static final int COMMITS = 12;

    @TempDir
    Path directory;

    private Path killed;

    /** A row a commit; the later half of them is in the log alone. */
    @BeforeEach
    void aProcessWasKilled() throws Exception {
        Path living = directory.resolve("living.db");
        killed = Files.createDirectory(directory.resolve("killed"));
        try (Connection connection = open(living)) {
            execute(connection, "PRAGMA wal_autocheckpoint = 0", "CREATE TABLE t(n INTEGER PRIMARY KEY, text TEXT)");
            for (int n = 1; n <= COMMITS; n++) {
                execute(connection, "INSERT INTO t VALUES(" + n + ", '" + "x".repeat(3000) + "')");
                if (n == COMMITS / 2) {
                    execute(connection, "PRAGMA wal_checkpoint(FULL)");
                }
            }
            for (String suffix : List.of("", "-wal", "-shm")) {
                Files.copy(Path.of(living + suffix), killed.resolve("living.db" + suffix));
            }
        }
    }

    private static Connection open(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=FULL");
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<Integer> rows(Path file) throws SQLException {
        List<Integer> rows = new ArrayList<>();
        try (Connection connection = open(file);
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
                assertThat(row.getString(1)).isEqualTo("ok");
            }
            try (ResultSet row = statement.executeQuery("SELECT n FROM t ORDER BY n")) {
                while (row.next()) {
                    rows.add(row.getInt(1));
                }
            }
        }
        return rows;
    }

    private Path copy(String name) throws IOException {
        Path copied = Files.createDirectory(directory.resolve(name));
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.copy(killed.resolve("living.db" + suffix), copied.resolve("living.db" + suffix));
        }
        return copied.resolve("living.db");
    }

    @Test
    void theLogIsReadAsSqliteWroteIt() throws Exception {
        WriteAheadLog log = WriteAheadLog.read(killed.resolve("living.db-wal")).orElseThrow();
        assertThat(log.pageSize()).isEqualTo(4096);
        assertThat(log.commits()).hasSize(COMMITS / 2);
        assertThat(log.commits().getLast()).isEqualTo(log.pages().size());
        assertThat(log.writtenFrames()).isEqualTo(log.pages().size());
        assertThat(log.framesBefore(1)).isLessThan(log.framesBefore(0)).isPositive();
        assertThat(log.framesBefore(100)).isZero();
    }

    @Test
    void aLogThatIsNoneIsNoLog() throws Exception {
        assertThat(WriteAheadLog.read(directory.resolve("missing"))).isEmpty();
        assertThat(WriteAheadLog.read(Files.write(directory.resolve("zeros"), new byte[5000])))
                .isEmpty();
        assertThat(WriteAheadLog.read(Files.write(directory.resolve("short"), new byte[5])))
                .isEmpty();
    }

    /** Whatever is torn, it is the last commit at the most, and the file is whole. */
    @Test
    void noTearTakesMoreThanTheLastCommit() throws Exception {
        boolean lost = false;
        boolean kept = false;
        for (int seed = 0; seed < 60; seed++) {
            Path file = copy("seed" + seed);
            String torn = new TornFiles(file, directory, new SplittableRandom(seed)).tear(1, (with, without) -> {
                try {
                    assertThat(rows(with)).hasSize(COMMITS);
                    assertThat(rows(without)).hasSize(COMMITS - 1);
                } catch (SQLException e) {
                    throw new IOException(e);
                }
                return true;
            });
            assertThat(Files.exists(Path.of(file + "-shm"))).isFalse();
            List<Integer> rows = rows(file);
            assertThat(rows).as("seed %d: %s", seed, torn).hasSizeBetween(COMMITS - 1, COMMITS);
            assertThat(rows.getLast()).isEqualTo(rows.size());
            lost |= rows.size() == COMMITS - 1;
            kept |= rows.size() == COMMITS;
        }
        assertThat(lost).isTrue();
        assertThat(kept).isTrue();
    }

    @Test
    void aCommitThatMayNotGoStays() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            Path file = copy("seed" + seed);
            new TornFiles(file, directory, new SplittableRandom(seed)).tear(1, (with, without) -> false);
            assertThat(rows(file)).as("seed %d", seed).hasSize(COMMITS);
        }
    }

    /** A checkpoint that has begun has synced the log. */
    @Test
    void aCommitThatACheckpointSetOutForStays() throws Exception {
        Path file = copy("checkpoint");
        byte[] index = Files.readAllBytes(Path.of(file + "-shm"));
        index[128] = 100;
        Files.write(Path.of(file + "-shm"), index);
        new TornFiles(file, directory, new SplittableRandom(1)).tear(1, (with, without) -> {
            throw new IOException("asked about a commit that was synced");
        });
        assertThat(rows(file)).hasSize(COMMITS);
    }

    @Test
    void aLyingDiskTakesMore() throws Exception {
        boolean more = false;
        for (int seed = 0; seed < 20; seed++) {
            Path file = copy("seed" + seed);
            new TornFiles(file, directory, new SplittableRandom(seed)).tear(4, (with, without) -> true);
            more |= rows(file).size() < COMMITS - 1;
        }
        assertThat(more).isTrue();
    }
}
