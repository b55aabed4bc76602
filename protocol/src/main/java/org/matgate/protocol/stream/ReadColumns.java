package org.matgate.protocol.stream;

import java.util.Arrays;
import java.util.OptionalInt;
import org.matgate.protocol.stream.wire.Wire;

/** The reads of a batch on their way into columns. Not thread-safe. */
final class ReadColumns {
    private static final int NANOS_PER_MICRO = 1000;

    private final Names names;
    private final Chips.Writer chips;
    private final long[] boot;
    private final long[] source;
    private final long[] antenna;
    private final long[] chip;
    private final long[] rssi;
    private final long[] merged;
    private final long[] readerTimeBase;
    private final long[] readerTime;
    private final long[] moment;
    private final long[] utcOffset;
    private final long[] clockUncertainty;
    private final long[] momentUncertainty;
    private final long[] arrival;
    private int reads;

    ReadColumns(int most, Names names) {
        this.names = names;
        chips = new Chips.Writer(most);
        boot = new long[most];
        source = new long[most];
        antenna = new long[most];
        chip = new long[most];
        rssi = new long[most];
        merged = new long[most];
        readerTimeBase = new long[most];
        readerTime = new long[most];
        moment = new long[most];
        utcOffset = new long[most];
        clockUncertainty = new long[most];
        momentUncertainty = new long[most];
        arrival = new long[most];
    }

    void add(Event.TagRead read) {
        Stamp stamp = read.stamp();
        long monotonic = stamp.monotonicNanos();
        long micros = read.readerTime().micros();
        int at = reads++;
        boot[at] = names.boot(stamp.bootId());
        source[at] = names.source(read.source());
        antenna[at] = read.antenna();
        chip[at] = chips.name(read.chip());
        OptionalInt strength = read.rssiCentiDbm();
        rssi[at] = strength.isPresent() ? Column.present(strength.getAsInt()) : 0;
        merged[at] = Math.max(1, read.sightings()) - 1L;
        readerTimeBase[at] = WireEnum.READER_TIME_BASE.number(read.readerTime().base());
        readerTime[at] = micros;
        // A reader's clock runs nearly as the box's does: what is left of the one after the other changes by little.
        moment[at] = monotonic - NANOS_PER_MICRO * micros;
        utcOffset[at] = stamp.utcNanos() - monotonic;
        clockUncertainty[at] =
                stamp.synchronised() ? Column.present(stamp.uncertaintyNanos() - stamp.momentUncertaintyNanos()) : 0;
        momentUncertainty[at] = stamp.momentUncertaintyNanos();
        arrival[at] = read.arrivalMonotonicNanos() - monotonic;
    }

    int size() {
        return reads;
    }

    void put(Wire.EventColumns.Builder wire) {
        int[] before = before(source, reads);
        Column.Writer columns = new Column.Writer(reads);
        wire.setBoot(columns.plain(boot, reads))
                .setSource(columns.plain(source, reads))
                .setAntenna(columns.plain(antenna, reads))
                .setRssi(columns.plain(rssi, reads))
                .setMerged(columns.plain(merged, reads))
                .setReaderTimeBase(columns.plain(readerTimeBase, reads))
                .setChip(columns.plain(chip, reads))
                .setReaderTime(columns.differences(readerTime, reads, before))
                .setMoment(columns.differences(moment, reads, before))
                .setUtcOffset(columns.differences(utcOffset, reads, before))
                .setClockUncertainty(columns.differences(clockUncertainty, reads, before))
                .setMomentUncertainty(columns.differences(momentUncertainty, reads, before))
                .setArrival(columns.differences(arrival, reads, before));
        chips.put(wire, columns);
    }

    /**
     * From which read each one differs: the last before it of the same source, else the last before it.
     *
     * @param sources small numbers from 0 on
     */
    static int[] before(long[] sources, int reads) {
        int[] before = new int[reads];
        int[] last = new int[8];
        Arrays.fill(last, -1);
        for (int i = 0; i < reads; i++) {
            int source = (int) sources[i];
            if (source >= last.length) {
                int known = last.length;
                last = Arrays.copyOf(last, Math.max(2 * known, source + 1));
                Arrays.fill(last, known, last.length, -1);
            }
            before[i] = last[source] >= 0 ? last[source] : i - 1;
            last[source] = i;
        }
        return before;
    }
}
