package org.matgate.simulator.referee;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.matgate.simulator.clock.BootClock;

/**
 * The last event of a box's journal file.
 *
 * @param id 0 if there is none
 * @param seq its number in its journal
 */
public record JournalEnd(long id, String journal, long seq) {
    private static final JournalEnd NOTHING = new JournalEnd(0, "", 0);
    private static final String LAST = "SELECT event.id, journal.id, event.id & 0xFFFFFFFFFF FROM event"
            + " JOIN journal ON journal.number = event.id >> 40 ORDER BY event.id DESC LIMIT 1";
    private static final String OLDEST = "SELECT boot.id, min(coalesce(arrival_monotonic_nanos, monotonic_nanos))"
            + " FROM event JOIN boot ON boot.number = event.boot WHERE event.id > ? GROUP BY boot.id";

    /**
     * Looks into a file that nobody else has open.
     *
     * @throws IOException if it is no journal file; one without any table has no event
     */
    public static JournalEnd of(Path file) throws IOException {
        if (Tables.eventsInJournals(file) == 0) {
            return NOTHING;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement select = connection.prepareStatement(LAST);
                ResultSet row = select.executeQuery()) {
            return row.next() ? new JournalEnd(row.getLong(1), row.getString(2), row.getLong(3)) : NOTHING;
        } catch (SQLException e) {
            throw new IOException("cannot read the end of " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * When the oldest of the events that a file holds behind this one came, on this machine's CLOCK_MONOTONIC;
     * Long.MAX_VALUE if there is none.
     */
    public long oldestBehind(Path file, List<BootClock> boots) throws IOException {
        long oldest = Long.MAX_VALUE;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement select = connection.prepareStatement(OLDEST)) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    UUID boot = UUID.fromString(row.getString(1));
                    long box = row.getLong(2);
                    Stream<BootClock> own =
                            boots.stream().filter(clock -> clock.bootId().equals(boot));
                    oldest = Math.min(
                            oldest,
                            own.findFirst().map(clock -> clock.machineOf(box)).orElse(box));
                }
            }
            return oldest;
        } catch (SQLException e) {
            throw new IOException("cannot read the end of " + file + ": " + e.getMessage(), e);
        }
    }
}
