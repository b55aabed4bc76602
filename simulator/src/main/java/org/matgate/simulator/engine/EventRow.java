package org.matgate.simulator.engine;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.OptionalInt;
import java.util.UUID;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.EventCodec;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.StreamFormatException;

/** An entry as a row of the table event, and back. */
final class EventRow {
    /** The bits of a key that hold the seq; the journal's number stands above them. */
    private static final int SEQ_BITS = 40;

    static final String INSERT = """
            INSERT INTO event (key, journal, seq, kind, kind_number, boot, monotonic_nanos, utc_nanos, uncertainty_nanos,
              moment_uncertainty_nanos, stored_utc_nanos, reader, timing_point, line, antenna, chip, rssi_centi_dbm, reader_time_base,
              reader_time_micros, arrival_monotonic_nanos, sightings, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final int STAMP_COLUMNS = 11;
    private static final int READ_COLUMNS = 10;

    private EventRow() {}

    static long key(long journalNumber, long seq) {
        return journalNumber << SEQ_BITS | seq;
    }

    /** Fills the placeholders of {@link #INSERT}. */
    static void write(PreparedStatement insert, long journalNumber, Entry entry, long storedUtcNanos)
            throws SQLException {
        Event event = entry.event();
        Stamp stamp = event.stamp();
        int kind = EventCodec.kind(event);
        int i = 0;
        insert.setLong(++i, key(journalNumber, entry.seq()));
        insert.setLong(++i, journalNumber);
        insert.setLong(++i, entry.seq());
        insert.setString(++i, EventCodec.kindName(kind));
        insert.setInt(++i, kind);
        insert.setString(++i, stamp.bootId().toString());
        insert.setLong(++i, stamp.monotonicNanos());
        insert.setLong(++i, stamp.utcNanos());
        if (stamp.synchronised()) {
            insert.setLong(++i, stamp.uncertaintyNanos());
        } else {
            insert.setNull(++i, Types.INTEGER);
        }
        insert.setLong(++i, stamp.momentUncertaintyNanos());
        insert.setLong(++i, storedUtcNanos);
        if (event instanceof Event.TagRead read) {
            writeRead(insert, read);
            insert.setNull(STAMP_COLUMNS + READ_COLUMNS + 1, Types.BLOB);
        } else {
            for (int column = 1; column <= READ_COLUMNS; column++) {
                insert.setNull(STAMP_COLUMNS + column, Types.NULL);
            }
            insert.setBytes(
                    STAMP_COLUMNS + READ_COLUMNS + 1, EventCodec.body(event).toByteArray());
        }
    }

    private static void writeRead(PreparedStatement insert, Event.TagRead read) throws SQLException {
        int i = STAMP_COLUMNS;
        insert.setString(++i, read.source().reader());
        insert.setString(++i, read.source().timingPoint());
        insert.setString(++i, read.source().line().name());
        insert.setInt(++i, read.antenna());
        insert.setString(++i, read.chip().hex());
        if (read.rssiCentiDbm().isPresent()) {
            insert.setInt(++i, read.rssiCentiDbm().getAsInt());
        } else {
            insert.setNull(++i, Types.INTEGER);
        }
        insert.setString(++i, read.readerTime().base().name());
        insert.setLong(++i, read.readerTime().micros());
        insert.setLong(++i, read.arrivalMonotonicNanos());
        insert.setInt(++i, read.sightings());
    }

    /** The entry of the present row of a query for all columns of event. */
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

    private static Event.TagRead tagRead(Stamp stamp, ResultSet row) throws SQLException {
        int rssi = row.getInt("rssi_centi_dbm");
        OptionalInt rssiIfAny = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(rssi);
        return new Event.TagRead(
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
