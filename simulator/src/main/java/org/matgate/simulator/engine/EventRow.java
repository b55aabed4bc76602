package org.matgate.simulator.engine;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.UUID;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Event.TagRead;
import org.matgate.protocol.stream.EventCodec;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.StreamFormatException;

/** An entry as a row of the table event, and back. */
final class EventRow {
    /** The bits of a key that hold the seq; the journal's number stands above them. */
    private static final int SEQ_BITS = 40;

    private static final String INTO_READ = """
            INSERT INTO event (key, kind_number, boot, monotonic_nanos, utc_nanos, uncertainty_nanos,
              moment_uncertainty_nanos, stored_utc_nanos, source, antenna, chip, rssi_centi_dbm, reader_time_base,
              reader_time_micros, arrival_monotonic_nanos, sightings)
            VALUES\s""";

    private static final String READ_ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    static final String INSERT_OTHER = """
            INSERT INTO event (key, kind_number, boot, monotonic_nanos, utc_nanos, uncertainty_nanos,
              moment_uncertainty_nanos, stored_utc_nanos, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final int STAMP_COLUMNS = 8;

    private static final int READ_COLUMNS = 16;

    private EventRow() {}

    static long key(long journalNumber, long seq) {
        return journalNumber << SEQ_BITS | seq;
    }

    /** The statement that inserts so many reads. */
    static String insertReads(int rows) {
        return INTO_READ + String.join(", ", Collections.nCopies(rows, READ_ROW));
    }

    /**
     * Fills a row's placeholders in {@link #insertReads}.
     *
     * @param index which of its rows, from 0
     */
    static void write(PreparedStatement insert, int index, long key, TagRead read, long storedUtcNanos, Names names)
            throws SQLException {
        int before = index * READ_COLUMNS;
        writeStamp(insert, before, key, read, storedUtcNanos, names);
        int i = before + STAMP_COLUMNS;
        insert.setInt(++i, names.number(read.source()));
        insert.setInt(++i, read.antenna());
        insert.setString(++i, read.chip().hex());
        if (read.rssiCentiDbm().isPresent()) {
            insert.setInt(++i, read.rssiCentiDbm().getAsInt());
        } else {
            insert.setNull(++i, Types.INTEGER);
        }
        insert.setInt(++i, number(read.readerTime().base()));
        insert.setLong(++i, read.readerTime().micros());
        insert.setLong(++i, read.arrivalMonotonicNanos());
        insert.setInt(++i, read.sightings());
    }

    /** Fills the placeholders of {@link #INSERT_OTHER}. */
    static void writeOther(PreparedStatement insert, long key, Event event, long storedUtcNanos, Names names)
            throws SQLException {
        writeStamp(insert, 0, key, event, storedUtcNanos, names);
        insert.setBytes(STAMP_COLUMNS + 1, EventCodec.body(event).toByteArray());
    }

    private static void writeStamp(
            PreparedStatement insert, int before, long key, Event event, long storedUtcNanos, Names names)
            throws SQLException {
        Stamp stamp = event.stamp();
        int i = before;
        insert.setLong(++i, key);
        insert.setInt(++i, EventCodec.kind(event));
        insert.setInt(++i, names.number(stamp.bootId()));
        insert.setLong(++i, stamp.monotonicNanos());
        insert.setLong(++i, stamp.utcNanos());
        if (stamp.synchronised()) {
            insert.setLong(++i, stamp.uncertaintyNanos());
        } else {
            insert.setNull(++i, Types.INTEGER);
        }
        insert.setLong(++i, stamp.momentUncertaintyNanos());
        insert.setLong(++i, storedUtcNanos);
    }

    /** The number that stands for it in the table; the view {@code entry} has it back. */
    private static int number(ReaderTime.Base base) {
        return switch (base) {
            case NONE -> 0;
            case CYCLE -> 1;
            case CIVIL -> 2;
            case UTC -> 3;
            case UPTIME -> 4;
        };
    }

    /** The entry of the present row of a query for all columns of the view entry. */
    static Entry read(ResultSet row) throws SQLException, IOException {
        long uncertainty = row.getLong("uncertainty_nanos");
        Stamp stamp = new Stamp(
                UUID.fromString(row.getString("boot")),
                row.getLong("monotonic_nanos"),
                row.getLong("utc_nanos"),
                uncertainty == 0 ? Stamp.UNSYNCHRONISED : uncertainty,
                row.getLong("moment_uncertainty_nanos"));
        long seq = row.getLong("seq");
        if (row.getString("chip") != null) {
            return new Entry(seq, tagRead(stamp, row));
        }
        try {
            return new Entry(seq, EventCodec.event(stamp, row.getInt("kind_number"), body(row)));
        } catch (StreamFormatException e) {
            throw new IOException("event " + seq + ": " + e.getMessage(), e);
        }
    }

    private static ByteString body(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("body");
        return bytes == null ? ByteString.EMPTY : ByteString.copyFrom(bytes);
    }

    private static TagRead tagRead(Stamp stamp, ResultSet row) throws SQLException {
        int rssi = row.getInt("rssi_centi_dbm");
        OptionalInt rssiIfAny = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(rssi);
        return new TagRead(
                stamp,
                new Source(
                        row.getString("reader"),
                        row.getString("timing_point"),
                        Source.Line.valueOf(row.getString("line"))),
                row.getInt("antenna"),
                new Chip(row.getString("chip")),
                rssiIfAny,
                new ReaderTime(
                        ReaderTime.Base.valueOf(row.getString("reader_time_base")), row.getLong("reader_time_micros")),
                row.getLong("arrival_monotonic_nanos"),
                row.getInt("sightings"));
    }
}
