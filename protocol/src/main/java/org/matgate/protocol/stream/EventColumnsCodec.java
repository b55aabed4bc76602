package org.matgate.protocol.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.wire.Wire;

/** A batch's events as version 2 packs them: reads in columns, the others beside them. Pure. */
final class EventColumnsCodec {
    private static final int NANOS_PER_MICRO = 1000;

    private EventColumnsCodec() {}

    static Wire.EventColumns encode(List<Event> events) {
        Names names = new Names();
        ReadColumns reads = new ReadColumns(events.size(), names);
        Wire.EventColumns.Builder wire = Wire.EventColumns.newBuilder();
        long[] places = new long[events.size()];
        int placed = 0;
        for (Event event : events) {
            if (event instanceof Event.TagRead read) {
                reads.add(read);
            } else {
                places[wire.getOthersCount()] = (long) reads.size() - placed;
                placed = reads.size();
                wire.addOthers(EventListCodec.event(event, new StampSums(), names));
            }
        }
        reads.put(wire);
        return wire.setPlaces(new Column.Writer(wire.getOthersCount()).plain(places, wire.getOthersCount()))
                .addAllBoots(names.boots())
                .addAllSources(names.sources())
                .build();
    }

    /**
     * The events, in the order of their seqs.
     *
     * @param count of reads and others together, already bounded
     * @throws StreamFormatException if a column has another number of values, or a value is out of its range
     */
    static List<Event> decode(Wire.EventColumns wire, int count) throws StreamFormatException {
        if (wire.getOthersCount() > count) {
            throw new StreamFormatException(
                    "batch says " + count + " events and has " + wire.getOthersCount() + " that are no reads");
        }
        List<UUID> boots = Names.boots(wire.getBootsList());
        List<Source> sources = Names.sources(wire.getSourcesList());
        Reads reads = new Reads(wire, count - wire.getOthersCount(), boots, sources);
        long[] places = Column.plain(wire.getPlaces(), wire.getOthersCount(), "places");
        List<Event> events = new ArrayList<>(count);
        int read = 0;
        for (int other = 0; other < places.length; other++) {
            if (places[other] < 0 || places[other] > reads.count - read) {
                throw new StreamFormatException("other event " + other + " stands behind " + places[other]
                        + " more reads; " + (reads.count - read) + " are left");
            }
            for (int end = read + (int) places[other]; read < end; read++) {
                events.add(reads.read(read));
            }
            events.add(EventListCodec.event(wire.getOthers(other), new StampSums(), boots, sources, events.size()));
        }
        for (; read < reads.count; read++) {
            events.add(reads.read(read));
        }
        return events;
    }

    /** The columns of reads, unpacked. */
    private static final class Reads {
        final int count;
        private final List<UUID> boots;
        private final List<Source> sources;
        private final List<Chip> chips;
        private final long[] boot;
        private final long[] source;
        private final long[] antenna;
        private final long[] rssi;
        private final long[] merged;
        private final long[] readerTimeBase;
        private final long[] readerTime;
        private final long[] moment;
        private final long[] utcOffset;
        private final long[] clockUncertainty;
        private final long[] momentUncertainty;
        private final long[] arrival;

        Reads(Wire.EventColumns wire, int count, List<UUID> boots, List<Source> sources) throws StreamFormatException {
            this.count = count;
            this.boots = boots;
            this.sources = sources;
            boot = within(Column.plain(wire.getBoot(), count, "boot"), 0, boots.size() - 1L, "boot");
            source = within(Column.plain(wire.getSource(), count, "source"), 0, sources.size() - 1L, "source");
            antenna = within(
                    Column.plain(wire.getAntenna(), count, "antenna"), Integer.MIN_VALUE, Integer.MAX_VALUE, "antenna");
            rssi = within(Column.plain(wire.getRssi(), count, "rssi"), Integer.MIN_VALUE, 1L << 31, "rssi");
            merged = within(Column.plain(wire.getMerged(), count, "merged"), 0, Integer.MAX_VALUE - 1L, "merged");
            readerTimeBase = within(
                    Column.plain(wire.getReaderTimeBase(), count, "reader_time_base"),
                    0,
                    Integer.MAX_VALUE,
                    "reader_time_base");
            int[] before = ReadColumns.before(source, count);
            readerTime = Column.differences(wire.getReaderTime(), before, "reader_time");
            moment = Column.differences(wire.getMoment(), before, "moment");
            utcOffset = Column.differences(wire.getUtcOffset(), before, "utc_offset");
            clockUncertainty = Column.differences(wire.getClockUncertainty(), before, "clock_uncertainty");
            momentUncertainty = within(
                    Column.differences(wire.getMomentUncertainty(), before, "moment_uncertainty"),
                    0,
                    Long.MAX_VALUE,
                    "moment_uncertainty");
            arrival = Column.differences(wire.getArrival(), before, "arrival");
            chips = Chips.read(wire, count);
        }

        private static long[] within(long[] values, long least, long most, String name) throws StreamFormatException {
            for (int i = 0; i < values.length; i++) {
                if (values[i] < least || values[i] > most) {
                    throw new StreamFormatException("read " + i + " has " + values[i] + " in column " + name + "; want "
                            + least + " to " + most);
                }
            }
            return values;
        }

        Event.TagRead read(int at) throws StreamFormatException {
            // Sums wrap: a reader's clock may say anything.
            long monotonic = moment[at] + NANOS_PER_MICRO * readerTime[at];
            Stamp stamp = new Stamp(
                    boots.get((int) boot[at]),
                    monotonic,
                    monotonic + utcOffset[at],
                    uncertainty(at),
                    momentUncertainty[at]);
            ReaderTime.Base base = WireEnum.READER_TIME_BASE.constant((int) readerTimeBase[at]);
            return new Event.TagRead(
                    stamp,
                    sources.get((int) source[at]),
                    (int) antenna[at],
                    chips.get(at),
                    rssi[at] == 0 ? OptionalInt.empty() : OptionalInt.of((int) Column.value(rssi[at])),
                    base == ReaderTime.Base.NONE ? ReaderTime.NONE : new ReaderTime(base, readerTime[at]),
                    monotonic + arrival[at],
                    (int) merged[at] + 1);
        }

        private long uncertainty(int at) throws StreamFormatException {
            if (clockUncertainty[at] == 0) {
                return Stamp.UNSYNCHRONISED;
            }
            long ofClock = Column.value(clockUncertainty[at]);
            // Both in range, the sum is above that only if it wraps.
            long sum = ofClock + momentUncertainty[at];
            if (sum <= 0) {
                throw new StreamFormatException("read " + at + " is uncertain by " + ofClock + " ns of the clock and "
                        + momentUncertainty[at] + " ns of the moment; want more than 0 together, and 64 bits");
            }
            return sum;
        }
    }
}
