package org.matgate.gateway.journal;

import com.google.protobuf.ByteString;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalInt;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.EventCodec;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.StreamFormatException;

/** A row of {@code event} as the entry that it stands for. */
final class Columns {
    /** What {@link #entry} wants selected, in this order. */
    static final String LIST = """
            id, kind, boot, monotonic_nanos, utc_nanos, uncertainty_nanos, moment_uncertainty_nanos, source, antenna, chip,
            rssi_centi_dbm, reader_time_base, reader_time_micros, arrival_monotonic_nanos, sightings, body, checksum""";

    private Columns() {}

    /**
     * @throws StreamFormatException if the body is not of its kind, or the row is not what was written
     * @throws IllegalArgumentException if a column holds what it cannot
     */
    static Entry entry(ResultSet row, Names names) throws SQLException, StreamFormatException {
        long uncertaintyNanos = row.getLong(6);
        if (row.wasNull()) {
            uncertaintyNanos = Stamp.UNSYNCHRONISED;
        }
        Stamp stamp =
                new Stamp(names.boot(row.getInt(3)), row.getLong(4), row.getLong(5), uncertaintyNanos, row.getLong(7));
        int kind = row.getInt(2);
        long id = row.getLong(1);
        long checksum = row.getLong(17);
        boolean checked = !row.wasNull();
        if (!checked && !names.mayLackChecksum(id)) {
            throw new StreamFormatException("row " + id + " is damaged: it has lost its checksum");
        }
        Event event;
        long found;
        if (kind == Schema.TAG_READ) {
            Event.TagRead read = read(stamp, row, names);
            found = checked ? names.checksum().of(names.journal(id), Schema.seq(id), read) : checksum;
            event = read;
        } else {
            byte[] body = body(row);
            found = checked ? names.checksum().of(names.journal(id), Schema.seq(id), kind, stamp, body) : checksum;
            event = EventCodec.event(stamp, kind, ByteString.copyFrom(body));
        }
        if (found != checksum) {
            throw new StreamFormatException(
                    "row " + id + " is damaged: its checksum is " + checksum + ", want " + found);
        }
        return new Entry(Schema.seq(id), event);
    }

    private static byte[] body(ResultSet row) throws SQLException {
        byte[] body = row.getBytes(16);
        if (body == null) {
            throw new IllegalArgumentException("body is NULL");
        }
        return body;
    }

    private static String chip(ResultSet row) throws SQLException {
        String chip = row.getString(10);
        if (chip == null) {
            throw new IllegalArgumentException("chip is NULL");
        }
        return chip;
    }

    private static Event.TagRead read(Stamp stamp, ResultSet row, Names names) throws SQLException {
        int rssi = row.getInt(11);
        OptionalInt rssiCentiDbm = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(rssi);
        return new Event.TagRead(
                stamp,
                names.source(row.getInt(8)),
                row.getInt(9),
                new Chip(chip(row)),
                rssiCentiDbm,
                new ReaderTime(readerTimeBase(row.getInt(12)), row.getLong(13)),
                row.getLong(14),
                row.getInt(15));
    }

    /** The number that stands for it on disk. */
    static int readerTimeBase(ReaderTime.Base base) {
        return switch (base) {
            case NONE -> 0;
            case CYCLE -> 1;
            case CIVIL -> 2;
            case UTC -> 3;
            case UPTIME -> 4;
        };
    }

    /** What the number on disk stands for. */
    static ReaderTime.Base readerTimeBase(int number) {
        for (ReaderTime.Base base : ReaderTime.Base.values()) {
            if (readerTimeBase(base) == number) {
                return base;
            }
        }
        throw new IllegalArgumentException("reader_time_base " + number + "; want 0 to 4");
    }
}
