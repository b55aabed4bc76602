package org.matgate.simulator.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import org.matgate.protocol.Chip;

/** Makes reads of named values; an empty value is one that is not there. */
final class ReadRow {
    /** The kind of event in an export that is a read. */
    static final String KIND = "tag_read";

    private static final int WEAKEST_DBM = -128;
    private static final int STRONGEST_DBM = 127;
    private static final int MOST_ANTENNAS = 255;

    private ReadRow() {}

    /**
     * An event as {@code matgate export} writes it, in either format; empty if it is no read.
     *
     * @throws BadRowException if it cannot be played
     */
    static Optional<RecordedRead> exported(int line, Row row) throws BadRowException {
        Value kind = row.value("kind");
        if (kind.isEmpty()) {
            throw new BadRowException(kind.place(), "no kind of event: want what matgate export writes");
        }
        if (!kind.text().equals(KIND)) {
            return Optional.empty();
        }
        Value utc = row.value("utc_nanos");
        if (utc.isEmpty()) {
            throw new BadRowException(
                    utc.place(),
                    "nobody knows the time of this read (synchronised is no): give the box"
                            + " the time (matgate clock anchor) and export again");
        }
        Value centi = row.value("rssi_centi_dbm");
        return Optional.of(new RecordedRead(
                line,
                utc.as(text -> TimeForm.near(whole("utc_nanos", text), text)),
                row.value("chip").as(ReadRow::chip),
                row.value("antenna").as(ReadRow::antenna),
                centi.isEmpty()
                        ? row.value("rssi_dbm").as(ReadRow::rssi)
                        : centi.as(text -> checked(whole("rssi_centi_dbm", text))),
                row.value("reader").text(),
                row.value("timing_point").text()));
    }

    /**
     * A row of a person's own table.
     *
     * @throws BadRowException if it cannot be played
     */
    static RecordedRead plain(int line, Row row, Times times) throws BadRowException {
        return new RecordedRead(
                line,
                row.value("time").as(times::nanos),
                row.value("chip").as(ReadRow::chip),
                row.value("antenna").as(ReadRow::antenna),
                row.value("rssi").as(ReadRow::rssi),
                row.value("reader").text(),
                row.value("timing_point").text());
    }

    private static Chip chip(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("no chip: want its hexadecimal digits");
        }
        return new Chip(text.toUpperCase(Locale.ROOT));
    }

    private static int antenna(String text) {
        if (text.isEmpty()) {
            return RecordedRead.ANTENNA;
        }
        long antenna = text.matches("\\d{1,3}") ? Long.parseLong(text) : 0;
        if (antenna < 1 || antenna > MOST_ANTENNAS) {
            throw new IllegalArgumentException("antenna '" + text + "': want 1 to " + MOST_ANTENNAS + ", or nothing");
        }
        return (int) antenna;
    }

    private static int rssi(String text) {
        if (text.isEmpty()) {
            return RecordedRead.RSSI_CENTI_DBM;
        }
        if (!text.matches("-?\\d{1,9}(\\.\\d{1,9})?")) {
            throw new IllegalArgumentException("RSSI '" + text + "': want dBm such as -61.5, or nothing");
        }
        return checked(new BigDecimal(text)
                .movePointRight(2)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    private static int checked(long centiDbm) {
        if (centiDbm < 100 * WEAKEST_DBM || centiDbm > 100 * STRONGEST_DBM) {
            throw new IllegalArgumentException("RSSI of " + centiDbm + " hundredths of a dBm: want " + WEAKEST_DBM
                    + " to " + STRONGEST_DBM + " dBm");
        }
        return (int) centiDbm;
    }

    private static long whole(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " '" + text + "': want a whole number", e);
        }
    }
}
