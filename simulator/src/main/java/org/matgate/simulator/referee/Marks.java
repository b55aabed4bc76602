package org.matgate.simulator.referee;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * How far an engine's journals have come: what lies behind is of later races.
 *
 * @param lastSeqs by journal
 */
public record Marks(Map<String, Long> lastSeqs) {
    /** Everything is behind them. */
    public static final Marks NONE = new Marks(Map.of());

    public Marks {
        lastSeqs = Map.copyOf(lastSeqs);
    }

    /** Where an engine's journals are now; the engine may be running. */
    public static Marks of(Path engineDatabase) throws IOException {
        Map<String, Long> last = new HashMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + engineDatabase);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT journal.id, (SELECT max(last) FROM ledger"
                        + " WHERE ledger.journal = journal.number) FROM journal")) {
            while (row.next()) {
                last.put(row.getString(1), row.getLong(2));
            }
            return new Marks(last);
        } catch (SQLException e) {
            throw new IOException("cannot read the ledger of " + engineDatabase + ": " + e.getMessage(), e);
        }
    }

    /** Whether an event lies behind them. */
    public boolean isBehind(String journal, long seq) {
        return seq > lastSeqs.getOrDefault(journal, 0L);
    }
}
