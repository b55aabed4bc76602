package org.matgate.simulator.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.matgate.protocol.stream.JournalId;

/**
 * What a running engine is to ask boxes for again, in its file: one process asks, the engine answers. Not thread-safe.
 */
public final class ResendOrders implements AutoCloseable {
    /** Made where it is missing, so that files from before there were any are good. */
    private static final String TABLE = "CREATE TABLE IF NOT EXISTS resend_order ("
            + "number INTEGER PRIMARY KEY,"
            + " journal TEXT NOT NULL,"
            + " by_time INTEGER NOT NULL,"
            + " first INTEGER NOT NULL,"
            + " last INTEGER NOT NULL,"
            + " answer TEXT) STRICT"; // NULL: it waits

    private final Path file;
    private final Connection connection;

    /**
     * What is asked for again.
     *
     * @param byTime whether {@code first} and {@code last} are moments, nanoseconds since 1970, else seqs; the last seq is
     *     asked for, the last moment is the first that is not
     */
    public record Order(JournalId journal, boolean byTime, long first, long last) {}

    /** An order that has no answer. */
    public record Waiting(long number, Order order) {}

    private ResendOrders(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /**
     * Opens the engine's file.
     *
     * @throws IOException if it cannot be opened, or is not an engine's
     */
    public static ResendOrders open(Path file) throws IOException {
        return new ResendOrders(file, SqliteFile.open(file, TABLE));
    }

    /** Asks the engine; gives the order's number. */
    public long ask(Order order) throws IOException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO resend_order" + "(journal, by_time, first, last) VALUES (?, ?, ?, ?) RETURNING number")) {
            insert.setString(1, order.journal().toString());
            insert.setBoolean(2, order.byTime());
            insert.setLong(3, order.first());
            insert.setLong(4, order.last());
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    /** The oldest that waits. */
    public Optional<Waiting> next() throws IOException {
        try (PreparedStatement query = connection.prepareStatement("SELECT number, journal, by_time, first, last"
                        + " FROM resend_order WHERE answer IS NULL ORDER BY number LIMIT 1");
                ResultSet row = query.executeQuery()) {
            return row.next()
                    ? Optional.of(new Waiting(
                            row.getLong(1),
                            new Order(
                                    JournalId.parse(row.getString(2)),
                                    row.getBoolean(3),
                                    row.getLong(4),
                                    row.getLong(5))))
                    : Optional.empty();
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    /** Answers it; of one that was withdrawn nothing is left. */
    public void answer(long number, String answer) throws IOException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE resend_order SET answer = ? WHERE number = ?")) {
            update.setString(1, answer);
            update.setLong(2, number);
            update.executeUpdate();
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    /** What was answered, if it was. */
    public Optional<String> answerTo(long number) throws IOException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT answer FROM resend_order WHERE number = ? AND answer IS NOT NULL")) {
            query.setLong(1, number);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    /** Takes it back, answered or not. */
    public void withdraw(long number) throws IOException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM resend_order WHERE number = ?")) {
            delete.setLong(1, number);
            delete.executeUpdate();
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    private static IOException failed(Path file, SQLException e) {
        return new IOException("cannot use the orders in " + file + ": " + e.getMessage(), e);
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
