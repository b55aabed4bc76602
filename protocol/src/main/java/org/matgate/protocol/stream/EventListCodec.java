package org.matgate.protocol.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
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
        Packer packer = new Packer();
        events.forEach(packer::add);
        return packer.list.build();
    }

    /** @throws StreamFormatException if an index, a chip or an unknown kind is not as it must be */
    static List<Event> decode(Wire.EventList list) throws StreamFormatException {
        List<UUID> boots = new ArrayList<>(list.getBootsCount());
        for (ByteString boot : list.getBootsList()) {
            boots.add(uuid(boot));
        }
        List<Source> sources =
                list.getSourcesList().stream().map(EventCodec::source).toList();
        List<Event> events = new ArrayList<>(list.getEventsCount());
        long monotonic = 0;
        long offset = 0;
        long uncertainty = 0;
        long moment = 0;
        for (Wire.Event event : list.getEventsList()) {
            if (event.getBoot() < 0 || event.getBoot() >= boots.size()) {
                throw new StreamFormatException(
                        "event " + events.size() + " names boot " + event.getBoot() + " of " + boots.size());
            }
            monotonic += event.getMonotonicNanosDifference();
            offset += event.getUtcOffsetDifference();
            uncertainty += event.getUncertaintyNanosDifference();
            moment += event.getMomentUncertaintyNanosDifference();
            if (moment < 0) {
                throw new StreamFormatException("event " + events.size() + " has a moment that is uncertain by "
                        + moment + " ns; want at least 0");
            }
            Stamp stamp = new Stamp(
                    boots.get(event.getBoot()),
                    monotonic,
                    monotonic + offset,
                    EventCodec.uncertaintyOf(uncertainty),
                    moment);
            events.add(event(stamp, event, sources, events.size()));
        }
        return events;
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

    /** Builds one list. */
    private static final class Packer {
        final Wire.EventList.Builder list = Wire.EventList.newBuilder();
        private final Map<UUID, Integer> boots = new HashMap<>();
        private final Map<Source, Integer> sources = new HashMap<>();
        private long monotonic;
        private long offset;
        private long uncertainty;
        private long moment;

        void add(Event event) {
            Stamp stamp = event.stamp();
            long eventOffset = stamp.utcNanos() - stamp.monotonicNanos();
            long eventUncertainty = EventCodec.uncertainty(stamp.uncertaintyNanos());
            Wire.Event.Builder wire = Wire.Event.newBuilder()
                    .setBoot(boot(stamp.bootId()))
                    .setMonotonicNanosDifference(stamp.monotonicNanos() - monotonic)
                    .setUtcOffsetDifference(eventOffset - offset)
                    .setUncertaintyNanosDifference(eventUncertainty - uncertainty)
                    .setMomentUncertaintyNanosDifference(stamp.momentUncertaintyNanos() - moment);
            setKind(wire, event);
            list.addEvents(wire);
            monotonic = stamp.monotonicNanos();
            offset = eventOffset;
            uncertainty = eventUncertainty;
            moment = stamp.momentUncertaintyNanos();
        }

        private void setKind(Wire.Event.Builder wire, Event event) {
            switch (event) {
                case Event.TagRead read -> wire.setTagRead(tagRead(read));
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
        }

        private Wire.TagRead.Builder tagRead(Event.TagRead read) {
            Wire.TagRead.Builder wire = Wire.TagRead.newBuilder()
                    .setSource(source(read.source()))
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

        private int boot(UUID boot) {
            return boots.computeIfAbsent(boot, added -> {
                list.addBoots(bytes(added));
                return list.getBootsCount() - 1;
            });
        }

        private int source(Source source) {
            return sources.computeIfAbsent(source, added -> {
                list.addSources(EventCodec.source(added));
                return list.getSourcesCount() - 1;
            });
        }
    }
}
