package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.StreamFormatException;
import org.matgate.protocol.stream.UtcTimeline;

/**
 * The journals of a data directory for a command that looks at them, also while the service runs: it only reads. Not
 * thread-safe.
 */
public final class JournalFile implements AutoCloseable {
    /** Read in some tens of milliseconds, also from an SD card. */
    static final int PAGE_EVENTS = 20_000;

    /** As entries these take some 2 MB. */
    static final int PAGE_ENTRIES = 4_000;

    private final Path file;
    private final Connection connection;
    private final Names names;

    /**
     * A boot of which there are events.
     *
     * @param events how many
     * @param firstMonotonicNanos the earliest of them, on CLOCK_MONOTONIC
     * @param lastMonotonicNanos the latest of them
     * @param pieces what was told of its clock
     */
    public record Boot(
            UUID id, long events, long firstMonotonicNanos, long lastMonotonicNanos, List<ClockState> pieces) {
        public Boot {
            pieces = List.copyOf(pieces);
        }

        private Boot and(Boot more) {
            return new Boot(
                    id,
                    events + more.events,
                    Math.min(firstMonotonicNanos, more.firstMonotonicNanos),
                    Math.max(lastMonotonicNanos, more.lastMonotonicNanos),
                    pieces);
        }

        private Boot with(List<ClockState> told) {
            return new Boot(id, events, firstMonotonicNanos, lastMonotonicNanos, told);
        }
    }

    /** The kinds of events that the crew refers to without a number. */
    public enum Kind {
        GUN(17),
        MARK(18);

        private final int number;

        Kind(int number) {
            this.number = number;
        }
    }

    private JournalFile(Path file, Connection connection, Names names) {
        this.file = file;
        this.connection = connection;
        this.names = names;
    }

    /** The file of the journals in a data directory. */
    static Path pathIn(Path dataDirectory) {
        return dataDirectory.resolve("journal.db");
    }

    /**
     * Opens the journals.
     *
     * @throws IOException if there are none, or they cannot be read; the text says why and what to do
     */
    public static JournalFile open(Path dataDirectory) throws IOException {
        Path file = pathIn(dataDirectory);
        if (!Files.exists(file)) {
            throw new IOException("there is no " + file + ": name the box's data directory, or start the service once");
        }
        NativeLibrary.shareIn(dataDirectory.resolve("native"));
        @Nullable Connection connection = null;
        try {
            connection = Schema.reader(file);
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("PRAGMA user_version")) {
                int version = row.next() ? row.getInt(1) : 0;
                if (version != Schema.VERSION) {
                    throw new SQLException("it is of version " + version + ", this matgate reads " + Schema.VERSION
                            + "; start the service once to bring an older one up to date");
                }
            }
            return new JournalFile(file, connection, new Names(connection));
        } catch (SQLException | IllegalArgumentException e) {
            close(connection);
            throw new IOException(
                    file + " cannot be read: " + e.getMessage() + ". Run this as the service's user, or with sudo", e);
        }
    }

    private static void close(@Nullable Connection connection) throws IOException {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    Path file() {
        return file;
    }

    Connection connection() {
        return connection;
    }

    Names names() {
        return names;
    }

    /** Every journal, the oldest first, as it is now. */
    public List<JournalRow> journals() throws IOException {
        try {
            return JournalRow.all(connection);
        } catch (SQLException | IllegalArgumentException e) {
            throw failed("the list of journals", e);
        }
    }

    /** The readers that any event names, in an order that stays: new ones come behind. */
    public List<Source> sources() throws IOException {
        List<Source> sources = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT number FROM source ORDER BY number")) {
            while (row.next()) {
                sources.add(names.source(row.getInt(1)));
            }
            return sources;
        } catch (SQLException e) {
            throw failed("the readers", e);
        }
    }

    /** What is known by now of all boots' clocks. */
    public UtcTimeline timeline() throws IOException {
        UtcTimeline timeline = new UtcTimeline();
        try (PreparedStatement select = connection.prepareStatement("SELECT " + Columns.LIST
                + " FROM event WHERE id IN (SELECT event FROM clock_piece WHERE event > ? ORDER BY event LIMIT "
                + PAGE_ENTRIES + ") ORDER BY id")) {
            int found = PAGE_ENTRIES;
            for (long last = Long.MIN_VALUE; found == PAGE_ENTRIES; ) {
                found = 0;
                select.setLong(1, last);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        timeline.add((ClockState) Columns.entry(row, names).event());
                        last = row.getLong(1);
                        found++;
                    }
                }
            }
            return timeline;
        } catch (SQLException | StreamFormatException | IllegalArgumentException | ClassCastException e) {
            throw failed("the pieces of the clock", e);
        }
    }

    /**
     * The entries of a journal from one seq to another, ascending; no more than a page, so ask again behind the last.
     * Empty: there are none.
     */
    public List<Entry> page(JournalRow journal, long firstSeq, long lastSeq) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + Columns.LIST + " FROM event WHERE id BETWEEN ? AND ? ORDER BY id LIMIT " + PAGE_ENTRIES)) {
            select.setLong(1, Schema.id(journal.number(), Math.max(1, firstSeq)));
            select.setLong(2, Schema.id(journal.number(), Math.min(Schema.MAX_SEQ, lastSeq)));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(Columns.entry(row, names));
                }
            }
            return entries;
        } catch (SQLException | StreamFormatException | IllegalArgumentException e) {
            throw failed("journal " + journal.id() + " behind seq " + (firstSeq + entries.size() - 1), e);
        }
    }

    /** Every boot, the oldest first. It looks at all events, page by page: a long look would keep checkpoints waiting. */
    public List<Boot> boots() throws IOException {
        Map<Integer, Boot> boots = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT boot, count(*), min(monotonic_nanos), max(monotonic_nanos), max(id) FROM"
                        + " (SELECT id, boot, monotonic_nanos FROM event WHERE id > ? ORDER BY id LIMIT " + PAGE_EVENTS
                        + ") GROUP BY boot ORDER BY min(id)")) {
            long last = Long.MIN_VALUE;
            for (long before = -1; before != last; ) {
                before = last;
                select.setLong(1, last);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        Boot part = new Boot(
                                names.boot(row.getInt(1)), row.getLong(2), row.getLong(3), row.getLong(4), List.of());
                        boots.merge(row.getInt(1), part, Boot::and);
                        last = Math.max(last, row.getLong(5));
                    }
                }
            }
            List<Boot> all = new ArrayList<>();
            for (Boot boot : boots.values()) {
                all.add(boot.with(ClockPieces.of(connection, names, boot.id())));
            }
            return all;
        } catch (SQLException | IllegalArgumentException e) {
            throw failed("the boots", e);
        }
    }

    /** The event of that number. */
    public Optional<Entry> event(JournalId journal, long seq) throws IOException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + Columns.LIST
                + " FROM event WHERE id = (SELECT number FROM journal WHERE journal.id = ?) * "
                + (1L << Schema.SEQ_BITS)
                + " + ?")) {
            select.setString(1, journal.toString());
            select.setLong(2, seq);
            return first(select);
        } catch (SQLException | StreamFormatException | IllegalArgumentException e) {
            throw failed("event " + seq + " of journal " + journal, e);
        }
    }

    /** The last event of a kind, in the order in which they were committed. */
    public Optional<Entry> last(Kind kind) throws IOException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + Columns.LIST + " FROM event WHERE kind = ? ORDER BY id DESC LIMIT 1")) {
            select.setInt(1, kind.number);
            return first(select);
        } catch (SQLException | StreamFormatException | IllegalArgumentException e) {
            throw failed("the last " + kind, e);
        }
    }

    private Optional<Entry> first(PreparedStatement select) throws SQLException, StreamFormatException {
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(Columns.entry(row, names)) : Optional.empty();
        }
    }

    IOException failed(String what, Exception e) {
        return new IOException(file + ": cannot read " + what + ": " + e.getMessage(), e);
    }

    @Override
    public void close() throws IOException {
        close(connection);
    }
}
