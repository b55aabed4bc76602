package org.matgate.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The reads in a reference engine's database. */
record EngineReads(Path database) {
    int count() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM read")) {
            return row.getInt(1);
        }
    }

    /** Waits until there are so many. */
    void await(int count, Duration most) throws Exception {
        long deadline = System.nanoTime() + most.toNanos();
        while (count() < count) {
            assertThat(System.nanoTime()).as("not %d reads", count).isLessThan(deadline);
            Thread.sleep(100);
        }
    }
}
