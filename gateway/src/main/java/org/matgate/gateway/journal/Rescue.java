package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.Event.BoxCondition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves what can be saved of the files that were put aside, step by step while the service runs; a service that ends in
 * the midst goes on at its next start. Belongs to the journal's thread, but for what says otherwise.
 */
final class Rescue {
    private static final Logger log = LoggerFactory.getLogger(Rescue.class);

    private final Path file;
    private final Notices notices;
    private @Nullable Salvage salvage;
    private @Nullable EventWriter writer;
    private long number;
    private volatile boolean pending;

    Rescue(Path file, Notices notices) {
        this.file = file;
        this.notices = notices;
    }

    /** Whether there is something left to save. Thread-safe. */
    boolean pending() {
        return pending;
    }

    /** Looks what former processes left to do; on a full disk that is left to a step. */
    void begin(EventWriter into) throws SQLException, IOException {
        try {
            look(into);
        } catch (SQLException e) {
            if (!Store.isFull(e)) {
                throw e;
            }
            into.connection().rollback();
            pending = true;
        }
    }

    private void look(EventWriter into) throws SQLException, IOException {
        close();
        find(into.connection());
        salvage = next(into);
        pending = salvage != null;
    }

    /** Does a little; says whether that was the last of it. */
    boolean step(EventWriter into) throws SQLException, IOException {
        if (!pending) {
            return false;
        }
        Salvage running = salvage;
        if (running == null) {
            look(into);
            return !pending;
        }
        if (!into.connection().equals(connection())) {
            running.failed();
        }
        writer = into;
        if (!running.step(into)) {
            return false;
        }
        Salvage.Report report = running.report();
        done(into, report.text());
        log.warn("saved from a damaged file: {}", report.text());
        notices.add(BoxCondition.JOURNAL_DAMAGED, "saved from " + report.text());
        // The next step looks whether there is another file.
        close();
        return false;
    }

    /** A process that ended just behind the renaming of a file has told nobody of it. */
    private void find(Connection connection) throws SQLException, IOException {
        Set<String> missed = Aside.kept(file);
        try (PreparedStatement select = connection.prepareStatement("SELECT file FROM salvage");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                missed.remove(row.getString(1));
            }
        }
        for (String name : missed) {
            add(connection, name, "found aside", Optional.empty());
            log.warn("{} was kept aside and nobody was told; what can be saved of it follows", name);
        }
        if (!missed.isEmpty()) {
            connection.commit();
        }
    }

    /**
     * Asks for a file to be looked through; commits nothing.
     *
     * @param told how far the journal was told of that was written last, where that is known
     */
    static void add(Connection connection, String name, String why, Optional<Told> told) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO salvage(file, why, done, result) VALUES(?, ?, 0, ?)")) {
            insert.setString(1, name);
            insert.setString(2, why);
            insert.setString(3, told.map(Told::text).orElse(""));
            insert.executeUpdate();
        }
    }

    private @Nullable Connection connection() {
        return writer == null ? null : writer.connection();
    }

    private @Nullable Salvage next(EventWriter into) throws SQLException, IOException {
        String name;
        Optional<Told> told;
        try (PreparedStatement select = into.connection()
                        .prepareStatement(
                                "SELECT number, file, result FROM salvage WHERE done = 0 ORDER BY number LIMIT 1");
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            number = row.getLong(1);
            name = row.getString(2);
            told = Told.parse(row.getString(3));
        } finally {
            into.connection().rollback();
        }
        Path damaged = file.resolveSibling(name);
        if (Files.exists(damaged) || Files.exists(Aside.wal(damaged))) {
            return new Salvage(damaged, told);
        }
        done(into, "the file is gone");
        return next(into);
    }

    private void done(EventWriter into, String result) throws SQLException {
        try (PreparedStatement update =
                into.connection().prepareStatement("UPDATE salvage SET done = 1, result = ? WHERE number = ?")) {
            update.setString(1, result);
            update.setLong(2, number);
            update.executeUpdate();
        }
        into.connection().commit();
    }

    void close() throws IOException {
        Salvage closing = salvage;
        salvage = null;
        if (closing != null) {
            closing.close();
        }
    }
}
