package org.matgate.gateway.journal;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.EventCodec;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.StreamFormatException;
import org.matgate.protocol.stream.UtcTimeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table {@code clock_piece}, which {@link Schema} describes: every ClockState once more, to be looked up. */
final class ClockPieces {
    private static final Logger log = LoggerFactory.getLogger(ClockPieces.class);

    private ClockPieces() {}

    /** Adds the piece that the event of this id is, in the present transaction. */
    static void insert(Connection writer, long eventId, int boot, ClockState piece) throws SQLException {
        try (PreparedStatement insert = writer.prepareStatement("""
                INSERT INTO clock_piece(event, boot, edition, from_monotonic_nanos, until_monotonic_nanos,
                  anchor_monotonic_nanos, anchor_utc_nanos, rate_ppb, uncertainty_nanos, uncertainty_growth_ppb, source)
                VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            insert.setLong(1, eventId);
            insert.setInt(2, boot);
            insert.setLong(3, piece.edition());
            insert.setLong(4, piece.fromMonotonicNanos());
            insert.setLong(5, piece.untilMonotonicNanos());
            insert.setLong(6, piece.anchorMonotonicNanos());
            insert.setLong(7, piece.anchorUtcNanos());
            insert.setLong(8, piece.ratePpb());
            if (piece.uncertaintyNanos() == Stamp.UNSYNCHRONISED) {
                insert.setNull(9, Types.INTEGER);
            } else {
                insert.setLong(9, piece.uncertaintyNanos());
            }
            insert.setLong(10, piece.uncertaintyGrowthPpb());
            insert.setString(11, piece.source().name().toLowerCase(Locale.ROOT));
            insert.executeUpdate();
        }
    }

    /** Fills the table from events that were written before there was one. */
    static void gather(Connection writer) throws SQLException {
        try (PreparedStatement select = writer.prepareStatement("SELECT id, boot, body FROM event WHERE kind = "
                        + Schema.CLOCK_STATE + " AND id NOT IN (SELECT event FROM clock_piece)");
                ResultSet row = select.executeQuery()) {
            Stamp stamp = new Stamp(new UUID(0, 0), 0, 0, Stamp.UNSYNCHRONISED, 0);
            while (row.next()) {
                try {
                    Event event = EventCodec.event(stamp, Schema.CLOCK_STATE, ByteString.copyFrom(row.getBytes(3)));
                    insert(writer, row.getLong(1), row.getInt(2), (ClockState) event);
                } catch (StreamFormatException | IllegalArgumentException e) {
                    leftOut(e);
                }
            }
        }
    }

    /**
     * All pieces of a boot, whatever journal they came by, in the order in which they were written. One that is damaged, or
     * on a page that is, is left out.
     */
    static List<ClockState> of(Connection reader, Names names, UUID boot) throws SQLException {
        List<ClockState> pieces = new ArrayList<>();
        for (long id : ids(reader, boot)) {
            // A statement of its own: the driver closes one that meets damage.
            try (PreparedStatement select =
                    reader.prepareStatement("SELECT " + Columns.LIST + " FROM event WHERE id = ?")) {
                select.setLong(1, id);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        add(pieces, row, names);
                    }
                }
            } catch (SQLException e) {
                if (!Store.isInTheWay(e)) {
                    throw e;
                }
                leftOut(e);
            }
        }
        return pieces;
    }

    private static List<Long> ids(Connection reader, UUID boot) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement select = reader.prepareStatement("SELECT event FROM clock_piece WHERE boot ="
                + " (SELECT number FROM boot WHERE boot.id = ?) ORDER BY event")) {
            select.setString(1, boot.toString());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                }
            }
        }
        return ids;
    }

    /** As {@link JournalFile#timeline} has it. */
    static UtcTimeline timeline(Path file, Connection connection, Names names, BiConsumer<JournalId, Long> lost)
            throws SQLException, IOException {
        UtcTimeline timeline = new UtcTimeline();
        Unread damaged = new Unread();
        try (EventReader reader = new EventReader(file, damaged)) {
            for (long id : ids(connection)) {
                JournalId journal = names.journal(id);
                long seq = Schema.seq(id);
                // Up to the journal's end: what is damaged ends where something is whole.
                Optional<ClockState> piece = reader.read(journal, seq, Schema.MAX_SEQ, 1).stream()
                        .filter(entry -> entry.seq() == seq && entry.event() instanceof ClockState)
                        .map(entry -> (ClockState) entry.event())
                        .findFirst();
                piece.ifPresent(timeline::add);
                if (piece.isEmpty() && damaged.of(journal).contains(seq)) {
                    lost.accept(journal, seq);
                }
            }
        }
        return timeline;
    }

    private static List<Long> ids(Connection connection) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT event FROM clock_piece WHERE event >> " + Schema.SEQ_BITS
                        + " IN (SELECT number FROM journal) ORDER BY event")) {
            while (row.next()) {
                ids.add(row.getLong(1));
            }
        }
        return ids;
    }

    /** Others tell of the same time: without a damaged one it is known less well. */
    private static void add(List<ClockState> pieces, ResultSet row, Names names) throws SQLException {
        try {
            if (Columns.entry(row, names).event() instanceof ClockState piece) {
                pieces.add(piece);
            }
        } catch (StreamFormatException | IllegalArgumentException e) {
            leftOut(e);
        }
    }

    private static void leftOut(Exception why) {
        log.warn("a piece of the clock's is left out, which is damaged: {}", why.getMessage());
    }
}
