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
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
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

    /** Where the damage is not passed over. */
    private static final String SALVAGE = "; what is whole can be saved while no service runs on it: matgate journal"
            + " salvage FILE --to DIR, and then matgate export --data DIR";

    private final Path file;
    private final Connection connection;
    private final Names names;
    private final Unread unread = new Unread();
    private @Nullable EventReader events;

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

    /**
     * What is known by now of all boots' clocks. A piece that is damaged is left out: others tell of the same time, but
     * what it put right may not be.
     *
     * @param lost is told of each of those
     */
    public UtcTimeline timeline(BiConsumer<JournalId, Long> lost) throws IOException {
        try {
            return ClockPieces.timeline(file, connection, names, lost);
        } catch (SQLException | IllegalArgumentException e) {
            throw failed("the pieces of the clock", e);
        }
    }

    /**
     * The entries of a journal from one seq to another, ascending; no more than a page, so ask again behind the last.
     * Empty: there are none. What cannot be read is passed over, and {@link #unreadable}.
     */
    public List<Entry> page(JournalRow journal, long firstSeq, long lastSeq) throws IOException {
        EventReader reader = events;
        if (reader == null) {
            try {
                reader = new EventReader(file, unread);
            } catch (SQLException e) {
                throw failed("journal " + journal.id(), e);
            }
            events = reader;
        }
        return reader.read(journal.id(), firstSeq, lastSeq, PAGE_ENTRIES);
    }

    /** What the pages of a journal lacked as it could not be read. */
    public SeqRanges unreadable(JournalRow journal) {
        return unread.of(journal.id());
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
        boolean damaged = e instanceof SQLException sql && Store.isCorrupt(sql);
        return new IOException(file + ": cannot read " + what + ": " + e.getMessage() + (damaged ? SALVAGE : ""), e);
    }

    @Override
    public void close() throws IOException {
        try {
            if (events != null) {
                events.close();
            }
        } catch (SQLException e) {
            throw new IOException(e);
        } finally {
            close(connection);
        }
    }
}
