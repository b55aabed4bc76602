package org.matgate.simulator.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.Stamp;

/** A piece of a box's clock as a row of the table clock_piece. */
final class ClockPieceRow {
    private static final String INSERT = """
            INSERT INTO clock_piece (key, boot, edition, from_monotonic_nanos, until_monotonic_nanos,
              anchor_monotonic_nanos, anchor_utc_nanos, rate_ppb, uncertainty_nanos, uncertainty_growth_ppb, source)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private ClockPieceRow() {}

    /** Adds it in the present transaction; its event is there already. */
    static void insert(Connection connection, long key, int boot, ClockState piece) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            int i = 0;
            insert.setLong(++i, key);
            insert.setInt(++i, boot);
            insert.setLong(++i, piece.edition());
            insert.setLong(++i, piece.fromMonotonicNanos());
            insert.setLong(++i, piece.untilMonotonicNanos());
            insert.setLong(++i, piece.anchorMonotonicNanos());
            insert.setLong(++i, piece.anchorUtcNanos());
            insert.setLong(++i, piece.ratePpb());
            if (piece.uncertaintyNanos() == Stamp.UNSYNCHRONISED) {
                insert.setNull(++i, Types.INTEGER);
            } else {
                insert.setLong(++i, piece.uncertaintyNanos());
            }
            insert.setLong(++i, piece.uncertaintyGrowthPpb());
            insert.setString(++i, piece.source().name().toLowerCase(Locale.ROOT));
            insert.executeUpdate();
        }
    }
}
