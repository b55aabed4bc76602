package org.matgate.simulator.referee;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.ReaderTime.Base;
import org.matgate.protocol.stream.Stamp;

/** Reads what a box's journal holds. */
final class BoxJournal {
    private static final String READS = """
            SELECT journal.id AS journal, event.id & 0xFFFFFFFFFF AS seq, source.reader AS reader, chip, antenna,
              rssi_centi_dbm,
              CASE reader_time_base WHEN 1 THEN 'CYCLE' WHEN 2 THEN 'CIVIL' WHEN 3 THEN 'UTC' WHEN 4 THEN 'UPTIME'
                ELSE 'NONE' END AS reader_time_base,
              reader_time_micros, boot.id AS boot, monotonic_nanos, utc_nanos, uncertainty_nanos,
              moment_uncertainty_nanos, arrival_monotonic_nanos
            FROM event
              JOIN boot ON boot.number = event.boot
              JOIN journal ON journal.number = event.id >> 40
              JOIN source ON source.number = event.source
            WHERE kind = 16 ORDER BY event.id
            """;

    private BoxJournal() {}

    /** All reads behind the marks of all journals in the file, in order; none if there is no file. */
    static List<HeldRead> reads(Path file, BoxTimes times, Marks marks) throws IOException {
        List<HeldRead> reads = new ArrayList<>();
        Pool pool = new Pool();
        if (!Files.exists(file)) {
            return reads;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(READS)) {
            while (row.next()) {
                if (marks.isBehind(row.getString("journal"), row.getLong("seq"))) {
                    reads.add(read(row, 0, times, pool));
                }
            }
        } catch (SQLException e) {
            throw new IOException("cannot read the journal " + file + ": " + e.getMessage(), e);
        }
        return reads;
    }

    /** A read from columns of these names. */
    static HeldRead read(ResultSet row, long storedUtcNanos, BoxTimes times, Pool pool) throws SQLException {
        int rssi = row.getInt("rssi_centi_dbm");
        OptionalInt rssiCentiDbm = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(rssi);
        long stated = row.getLong("uncertainty_nanos");
        long uncertainty = row.wasNull() ? Stamp.UNSYNCHRONISED : stated;
        Stamp stamp = new Stamp(
                pool.one(UUID.fromString(row.getString("boot"))),
                row.getLong("monotonic_nanos"),
                row.getLong("utc_nanos"),
                uncertainty,
                row.getLong("moment_uncertainty_nanos"));
        return new HeldRead(
                pool.one(row.getString("journal")),
                row.getLong("seq"),
                pool.one(row.getString("reader")),
                pool.one(new Chip(row.getString("chip"))),
                row.getInt("antenna"),
                pool.one(rssiCentiDbm),
                new ReaderTime(Base.valueOf(row.getString("reader_time_base")), row.getLong("reader_time_micros")),
                times.time(stamp),
                times.machineNanos(stamp.bootId(), row.getLong("arrival_monotonic_nanos")),
                storedUtcNanos);
    }
}
