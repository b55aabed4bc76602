package org.matgate.gateway.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.StreamFormatException;

/**
 * Looks whether a journal file holds what {@link Schema} promises: seqs without a gap, every event readable, its boot and
 * its reader there, each piece of the clock in its table as in its event. Page by page, so that it stands in nobody's way;
 * SQLite's own check of the whole file is one long transaction, and made only where no service runs.
 */
public final class JournalVerify {
    /** So many findings are told, the others counted: a file that is broken throughout has one in every row. */
    private static final int MOST_TOLD = 20;

    /**
     * What came of it.
     *
     * @param events how many were looked at
     * @param structure whether SQLite's check of the whole file was made, too
     * @param findings what is wrong, each in a sentence; empty if all is well
     * @param untold how many more there are
     */
    public record Result(long events, boolean structure, List<String> findings, long untold) {
        public Result {
            findings = List.copyOf(findings);
        }
    }

    private final JournalFile file;
    private final Map<Long, JournalRow> journals = new HashMap<>();
    private final List<String> findings = new ArrayList<>();
    private long untold;
    private long events;
    private long lastNumber;
    private long lastSeq;

    private JournalVerify(JournalFile file) {
        this.file = file;
    }

    /**
     * Looks at what is there now.
     *
     * @param seen is told how many events have been looked at by now
     * @throws IOException if the file cannot be opened at all; the text says what to do
     */
    public static Result verify(Path dataDirectory, LongConsumer seen) throws IOException {
        boolean structure = Journal.holder(dataDirectory).isEmpty();
        try (JournalFile file = JournalFile.open(dataDirectory)) {
            JournalVerify verify = new JournalVerify(file);
            verify.run(structure, seen);
            return new Result(verify.events, structure, verify.findings, verify.untold);
        }
    }

    private void run(boolean structure, LongConsumer seen) {
        try {
            if (structure) {
                structure();
            }
            JournalRow.all(file.connection()).forEach(journal -> journals.put(journal.number(), journal));
            long end = Census.lastId(file);
            for (long last = Long.MIN_VALUE; last < end; ) {
                long next = page(last, end);
                seen.accept(events);
                last = next == last ? end : next;
            }
            strayPieces();
        } catch (SQLException | IllegalArgumentException e) {
            found("the file cannot be read behind " + where(lastNumber, lastSeq) + ": " + e.getMessage());
        }
    }

    private void structure() throws SQLException {
        try (Statement statement = file.connection().createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check(" + MOST_TOLD + ")")) {
            while (row.next()) {
                if (!"ok".equals(row.getString(1))) {
                    found("the file's structure: " + row.getString(1));
                }
            }
        }
    }

    /** Looks at the events behind this id, and says the id of the last of them. */
    private long page(long after, long end) throws SQLException {
        long last = after;
        try (PreparedStatement select = file.connection()
                .prepareStatement("SELECT " + Columns.LIST + " FROM event WHERE id > ? AND id <= ? ORDER BY id LIMIT "
                        + JournalFile.PAGE_ENTRIES)) {
            select.setLong(1, after);
            select.setLong(2, end);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    last = row.getLong(1);
                    event(last, row);
                }
            }
        }
        return last;
    }

    private void event(long id, ResultSet row) throws SQLException {
        long number = id >> Schema.SEQ_BITS;
        long seq = Schema.seq(id);
        events++;
        order(number, seq);
        lastNumber = number;
        lastSeq = seq;
        Entry entry;
        try {
            entry = Columns.entry(row, file.names());
        } catch (StreamFormatException | IllegalArgumentException | SQLException | NullPointerException e) {
            found(where(number, seq) + " cannot be read: " + e.getMessage());
            return;
        }
        if (entry.event() instanceof ClockState piece) {
            piece(number, seq, piece, row.getInt(3));
        }
    }

    private void order(long number, long seq) {
        boolean first = number != lastNumber;
        if (first && !journals.containsKey(number)) {
            found("events of a journal number " + number + ", of which there is no row in the table journal");
        }
        if (first && seq != 1) {
            found(where(number, seq) + " is its first: a deletion was interrupted (matgate journal delete ends it), or "
                    + (seq - 1) + " events are lost");
        }
        if (!first && seq != lastSeq + 1) {
            found(where(number, seq) + " follows seq " + lastSeq + ": " + (seq - lastSeq - 1) + " events are missing");
        }
    }

    private void piece(long number, long seq, ClockState piece, int boot) throws SQLException {
        try (PreparedStatement select = file.connection().prepareStatement("""
                SELECT edition, from_monotonic_nanos, until_monotonic_nanos, anchor_monotonic_nanos, anchor_utc_nanos,
                  rate_ppb, coalesce(uncertainty_nanos, ?), uncertainty_growth_ppb, source, boot
                FROM clock_piece WHERE event = ?""")) {
            select.setLong(1, Stamp.UNSYNCHRONISED);
            select.setLong(2, Schema.id(number, seq));
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    found(where(number, seq) + ", a piece of the clock, is not in the table clock_piece");
                } else if (!same(piece, row) || row.getInt(10) != boot) {
                    found(where(number, seq) + ", a piece of the clock, stands otherwise in the table clock_piece");
                }
            }
        }
    }

    private static boolean same(ClockState piece, ResultSet row) throws SQLException {
        return row.getLong(1) == piece.edition()
                && row.getLong(2) == piece.fromMonotonicNanos()
                && row.getLong(3) == piece.untilMonotonicNanos()
                && row.getLong(4) == piece.anchorMonotonicNanos()
                && row.getLong(5) == piece.anchorUtcNanos()
                && row.getLong(6) == piece.ratePpb()
                && row.getLong(7) == piece.uncertaintyNanos()
                && row.getLong(8) == piece.uncertaintyGrowthPpb()
                && piece.source().name().toLowerCase(Locale.ROOT).equals(row.getString(9));
    }

    private void strayPieces() throws SQLException {
        Connection connection = file.connection();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT clock_piece.event, boot.id FROM clock_piece"
                        + " LEFT JOIN event ON event.id = clock_piece.event"
                        + " LEFT JOIN boot ON boot.number = clock_piece.boot"
                        + " WHERE event.id IS NULL OR event.kind <> " + Schema.CLOCK_STATE + " OR boot.id IS NULL")) {
            while (row.next()) {
                @Nullable String boot = row.getString(2);
                found("the table clock_piece names "
                        + where(row.getLong(1) >> Schema.SEQ_BITS, Schema.seq(row.getLong(1))) + ", which is no piece"
                        + " of the clock" + (boot == null ? ", and a boot that is not there" : ""));
            }
        }
    }

    private String where(long number, long seq) {
        JournalRow journal = journals.get(number);
        return "event " + (journal == null ? "number " + number : journal.id()) + ":" + seq;
    }

    private void found(String what) {
        if (findings.size() < MOST_TOLD) {
            findings.add(what);
        } else {
            untold++;
        }
    }
}
