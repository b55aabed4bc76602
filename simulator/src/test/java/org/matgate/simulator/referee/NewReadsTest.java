package org.matgate.simulator.referee;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewReadsTest {
    private static final int READ = 16;
    private static final int BOX_STATE = 22;

    @TempDir
    Path directory;

    private void insert(Statement statement, long journal, long seq, int kind) throws SQLException {
        statement.execute("INSERT INTO event VALUES (" + (journal << 40 | seq) + ", " + kind + ")");
    }

    @Test
    void readsAreCountedAsTheyComeInAllJournals() throws Exception {
        Path file = directory.resolve("journal.db");
        NewReads reads = new NewReads(file);
        assertThat(reads.look()).isZero();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            assertThat(reads.look()).isZero();
            statement.execute("CREATE TABLE journal (number INTEGER PRIMARY KEY)");
            statement.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL)");
            statement.execute("INSERT INTO journal VALUES (1)");
            assertThat(reads.look()).isZero();
            assertThat(Tables.eventsInJournals(file)).isZero();
            insert(statement, 1, 1, BOX_STATE);
            insert(statement, 1, 2, READ);
            insert(statement, 1, 3, READ);
            assertThat(reads.look()).isEqualTo(2);
            assertThat(reads.look()).isEqualTo(2);
            statement.execute("INSERT INTO journal VALUES (2)");
            insert(statement, 2, 1, READ);
            assertThat(reads.look()).isEqualTo(3);
            assertThat(Tables.eventsInJournals(file)).isEqualTo(4);
        }
    }
}
