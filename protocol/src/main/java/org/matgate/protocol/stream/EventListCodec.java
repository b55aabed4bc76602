package org.matgate.protocol.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.wire.Wire;

/** A batch's events, packed: times as differences from the event before, boots and sources as indexes. */
final class EventListCodec {
    /** Kinds of events are the fields from this number on. */
    private static final int FIRST_KIND = 16;

    private EventListCodec() {}

    static Wire.EventList encode(List<Event> events) {
        Wire.EventList.Builder list = Wire.EventList.newBuilder();
        Names names = new Names();
        StampSums sums = new StampSums();
        events.forEach(event -> list.addEvents(event(event, sums, names)));
        return list.addAllBoots(names.boots()).addAllSources(names.sources()).build();
    }

    /** @throws StreamFormatException if an index, a chip or an unknown kind is not as it must be */
    static List<Event> decode(Wire.EventList list) throws StreamFormatException {
        List<UUID> boots = Names.boots(list.getBootsList());
        List<Source> sources = Names.sources(list.getSourcesList());
        List<Event> events = new ArrayList<>(list.getEventsCount());
        StampSums sums = new StampSums();
        for (Wire.Event event : list.getEventsList()) {
            events.add(event(event, sums, boots, sources, events.size()));
        }
        return events;
    }

    /**
     * One event of a list.
     *
     * @param sums of what came before it
     * @param at its place, for what is said of one that is wrong
     * @throws StreamFormatException as {@link #decode}
     */
    static Event event(Wire.Event event, StampSums sums, List<UUID> boots, List<Source> sources, int at)
            throws StreamFormatException {
        return event(sums.next(event, boots, at), event, sources, at);
    }

    private static Event event(Stamp stamp, Wire.Event event, List<Source> sources, int at)
            throws StreamFormatException {
        return switch (event.getKindCase()) {
            case TAG_READ -> tagRead(stamp, event.getTagRead(), sources, at);
            case GUN -> EventCodec.gun(stamp, event.getGun());
            case MARK -> EventCodec.mark(stamp, event.getMark());
            case CLOCK_STATE -> EventCodec.clockState(stamp, event.getClockState());
            case READER_STATE -> EventCodec.readerState(stamp, event.getReaderState());
            case ANTENNA_STATE -> EventCodec.antennaState(stamp, event.getAntennaState());
            case BOX_STATE -> EventCodec.boxState(stamp, event.getBoxState());
            case KIND_NOT_SET -> unknown(stamp, event, at);
        };
    }

    private static Event.TagRead tagRead(Stamp stamp, Wire.TagRead read, List<Source> sources, int at)
            throws StreamFormatException {
        if (read.getSource() < 0 || read.getSource() >= sources.size()) {
            throw new StreamFormatException(
                    "event " + at + " names source " + read.getSource() + " of " + sources.size());
        }
        if (read.getChip().isEmpty() || read.getChip().size() > Chip.MAX_BYTES) {
            throw new StreamFormatException(
                    "event " + at + " has a chip of " + read.getChip().size() + " bytes; want 1 to " + Chip.MAX_BYTES);
        }
        ReaderTime.Base base = WireEnum.READER_TIME_BASE.constant(read.getReaderTimeBaseValue());
        return new Event.TagRead(
                stamp,
                sources.get(read.getSource()),
                read.getAntenna(),
                Chip.of(read.getChip().toByteArray()),
                read.hasRssiCentiDbm() ? OptionalInt.of(read.getRssiCentiDbm()) : OptionalInt.empty(),
                base == ReaderTime.Base.NONE ? ReaderTime.NONE : new ReaderTime(base, read.getReaderTimeMicros()),
                stamp.monotonicNanos() + read.getArrivalNanosAfter(),
                Math.max(1, read.getMergedSightings()));
    }

    private static Event unknown(Stamp stamp, Wire.Event event, int at) throws StreamFormatException {
        for (Map.Entry<Integer, UnknownFieldSet.Field> field :
                event.getUnknownFields().asMap().entrySet()) {
            List<ByteString> bodies = field.getValue().getLengthDelimitedList();
            // Below stand what all kinds have in common.
            if (field.getKey() >= FIRST_KIND && !bodies.isEmpty()) {
                return new Event.Unknown(stamp, field.getKey(), bodies.getLast());
            }
        }
        throw new StreamFormatException("event " + at + " has no kind");
    }

    static ByteString bytes(UUID uuid) {
        return bytes(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    static ByteString bytes(JournalId id) {
        return bytes(id.high(), id.low());
    }

    private static ByteString bytes(long high, long low) {
        return ByteString.copyFrom(
                ByteBuffer.allocate(16).putLong(high).putLong(low).flip());
    }

    static UUID uuid(ByteString bytes) throws StreamFormatException {
        ByteBuffer buffer = sixteen(bytes, "boot id");
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    static JournalId journalId(ByteString bytes) throws StreamFormatException {
        ByteBuffer buffer = sixteen(bytes, "journal id");
        return new JournalId(buffer.getLong(), buffer.getLong());
    }

    private static ByteBuffer sixteen(ByteString bytes, String what) throws StreamFormatException {
        if (bytes.size() != 16) {
            throw new StreamFormatException(what + " of " + bytes.size() + " bytes; want 16");
        }
        return bytes.asReadOnlyByteBuffer();
    }

    /** One event of a list, behind what {@code sums} has seen. */
    static Wire.Event event(Event event, StampSums sums, Names names) {
        Wire.Event.Builder wire =
                sums.next(event.stamp()).setBoot(names.boot(event.stamp().bootId()));
        switch (event) {
            case Event.TagRead read -> wire.setTagRead(tagRead(read, names));
            case Event.Gun gun -> wire.setGun(EventCodec.gun(gun));
            case Event.Mark mark -> wire.setMark(EventCodec.mark(mark));
            case Event.ClockState clock -> wire.setClockState(EventCodec.clockState(clock));
            case Event.ReaderState state -> wire.setReaderState(EventCodec.readerState(state));
            case Event.AntennaState state -> wire.setAntennaState(EventCodec.antennaState(state));
            case Event.BoxState state -> wire.setBoxState(EventCodec.boxState(state));
            case Event.Unknown unknown ->
                wire.setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                unknown.kind(),
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(unknown.body())
                                        .build())
                        .build());
        }
        return wire.build();
    }

    private static Wire.TagRead.Builder tagRead(Event.TagRead read, Names names) {
        Wire.TagRead.Builder wire = Wire.TagRead.newBuilder()
                .setSource(names.source(read.source()))
                .setAntenna(read.antenna())
                .setChip(ByteString.copyFrom(read.chip().bytes()))
                .setReaderTimeBaseValue(
                        WireEnum.READER_TIME_BASE.number(read.readerTime().base()))
                .setReaderTimeMicros(read.readerTime().micros())
                .setArrivalNanosAfter(
                        read.arrivalMonotonicNanos() - read.stamp().monotonicNanos())
                .setMergedSightings(read.sightings() == 1 ? 0 : read.sightings());
        read.rssiCentiDbm().ifPresent(wire::setRssiCentiDbm);
        return wire;
    }
}
