package org.matgate.gateway.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;

/**
 * What makes a damaged row known: SQLite does not notice a byte of a page that has changed. A CRC-32C of the event with
 * its name, so that neither another content nor another journal or seq passes. It covers, big-endian: journal id (16
 * bytes), seq (8), kind (4), boot id (16), monotonic, UTC, uncertainty (-1: none), moment's uncertainty (8 each); then of
 * a read antenna, RSSI (the least 32-bit number: none), base of the reader's time (4 each), that time, arrival (8 each),
 * sightings (4), and in UTF-8 reader, timing point, line, each with a 0 byte behind it, and the chip's digits; of any
 * other event its body. Not thread-safe.
 */
final class Checksum {
    /** All numbers of a read. */
    private static final int NUMBERS_BYTES = 128;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer numbers = ByteBuffer.allocate(NUMBERS_BYTES);
    /** Few, and as strings slower than all the rest. */
    private final Map<Source, byte[]> sources = new HashMap<>();

    /** Of a read. */
    long of(JournalId journal, long seq, Event.TagRead read) {
        begin(journal, seq, Schema.TAG_READ, read.stamp());
        numbers.putInt(read.antenna())
                .putInt(read.rssiCentiDbm().orElse(Integer.MIN_VALUE))
                .putInt(Columns.readerTimeBase(read.readerTime().base()))
                .putLong(read.readerTime().micros())
                .putLong(read.arrivalMonotonicNanos())
                .putInt(read.sightings());
        crc.update(numbers.flip());
        crc.update(sources.computeIfAbsent(read.source(), Checksum::bytes));
        crc.update(read.chip().hex().getBytes(StandardCharsets.US_ASCII));
        return crc.getValue();
    }

    /** Of any other event. */
    long of(JournalId journal, long seq, int kind, Stamp stamp, byte[] body) {
        begin(journal, seq, kind, stamp);
        crc.update(numbers.flip());
        crc.update(body);
        return crc.getValue();
    }

    private void begin(JournalId journal, long seq, int kind, Stamp stamp) {
        crc.reset();
        numbers.clear()
                .putLong(journal.high())
                .putLong(journal.low())
                .putLong(seq)
                .putInt(kind)
                .putLong(stamp.bootId().getMostSignificantBits())
                .putLong(stamp.bootId().getLeastSignificantBits())
                .putLong(stamp.monotonicNanos())
                .putLong(stamp.utcNanos())
                .putLong(stamp.synchronised() ? stamp.uncertaintyNanos() : -1)
                .putLong(stamp.momentUncertaintyNanos());
    }

    private static byte[] bytes(Source source) {
        return (source.reader() + '\0' + source.timingPoint() + '\0' + source.line() + '\0')
                .getBytes(StandardCharsets.UTF_8);
    }
}
