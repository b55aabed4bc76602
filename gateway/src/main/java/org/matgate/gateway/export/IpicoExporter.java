package org.matgate.gateway.export;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.matgate.gateway.status.Words;
import org.matgate.protocol.ipico.IpicoTag;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.EventCodec;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;

/**
 * Reads as the lines of IPICO readers, which many programs take from a file: chip and time of day, in a zone that the line
 * does not name, in whole hundredths of a second. Each of the box's readers is a reader's number.
 */
final class IpicoExporter implements Exporter {
    private static final int MOST_READERS = 256;
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2099;

    private final OutputStream out;
    private final List<Source> readers;
    private final ZoneId zone;
    private final TreeSet<Integer> used = new TreeSet<>();
    private final TreeMap<String, Long> others = new TreeMap<>();
    private long otherChips;
    private long timeUnknown;
    private long otherYears;
    private long otherReaders;
    private long twice;

    /** @param readers all that the journals name; the place of each is its number */
    IpicoExporter(OutputStream out, List<Source> readers, ZoneId zone) {
        this.out = out;
        this.readers = List.copyOf(readers);
        this.zone = zone;
    }

    @Override
    public void begin() {
        // There is no header.
    }

    @Override
    public boolean write(Exported exported) throws IOException {
        if (!(exported.event() instanceof Event.TagRead read)) {
            others.merge(EventCodec.kindName(EventCodec.kind(exported.event())), 1L, Long::sum);
            return false;
        }
        Stamp known = exported.stamp();
        int reader = readers.indexOf(read.source());
        if (read.chip().hex().length() != 2 * IpicoTag.CHIP_BYTES) {
            otherChips++;
            return false;
        }
        if (!known.synchronised()) {
            timeUnknown++;
            return false;
        }
        if (reader < 0 || reader >= MOST_READERS) {
            otherReaders++;
            return false;
        }
        LocalDateTime civil = LocalDateTime.ofInstant(
                Instant.ofEpochSecond(
                        Math.floorDiv(known.utcNanos(), 1_000_000_000L),
                        Math.floorMod(known.utcNanos(), 1_000_000_000L)),
                zone);
        if (civil.getYear() < FIRST_YEAR || civil.getYear() > LAST_YEAR) {
            otherYears++;
            return false;
        }
        if (zone.getRules().getValidOffsets(civil).size() > 1) {
            twice++;
        }
        used.add(reader);
        out.write(IpicoTag.encode(
                reader, new TagReport(read.chip(), 0, read.rssiCentiDbm(), ReaderTime.civil(civil), read.sightings())));
        return true;
    }

    @Override
    public List<String> leftOut() {
        List<String> lines = new ArrayList<>();
        add(lines, otherChips, "reads of chips that have not " + 2 * IpicoTag.CHIP_BYTES + " hexadecimal digits");
        add(lines, timeUnknown, "reads whose time nobody knows; see matgate clock");
        add(lines, otherYears, "reads of years before " + FIRST_YEAR + " or after " + LAST_YEAR);
        add(lines, otherReaders, "reads of more than " + MOST_READERS + " readers");
        add(lines, others.getOrDefault("gun", 0L), "start guns");
        add(lines, others.getOrDefault("mark", 0L), "marks of the judge's button");
        return lines;
    }

    @Override
    public List<String> notes() {
        List<String> lines = new ArrayList<>();
        for (int number : used) {
            Source reader = readers.get(number);
            lines.add(String.format("reader %02x is ", number) + reader.reader() + ", " + reader.timingPoint() + " "
                    + Fields.word(reader.line()));
        }
        add(lines, twice, "of the lines are in an hour that " + zone + " has twice: which of the two, no line tells");
        return lines;
    }

    private static void add(List<String> lines, long count, String what) {
        if (count > 0) {
            lines.add(Words.count(count) + " " + what);
        }
    }
}
