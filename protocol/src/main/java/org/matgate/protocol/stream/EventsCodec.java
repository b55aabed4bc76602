package org.matgate.protocol.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import java.util.List;
import org.matgate.protocol.stream.wire.Wire;

/** A batch of events and how it is packed: an event after the other in version 1, in columns from version 2 on. Pure. */
final class EventsCodec {
    /** The first version that has columns. */
    private static final int COLUMNS_VERSION = 2;

    /** Some reads: below, what is spared is not worth a look. */
    private static final int LEAST_WORTH_DEFLATING_BYTES = 128;

    private EventsCodec() {}

    static Wire.StreamMessage wire(StreamMessage.Events events, int version, boolean deflate) {
        Wire.Events.Builder wire = Wire.Events.newBuilder()
                .setJournal(EventListCodec.bytes(events.journal()))
                .setFirstSeq(events.firstSeq())
                .setCount(events.events().size());
        if (version >= COLUMNS_VERSION) {
            Wire.EventColumns columns = EventColumnsCodec.encode(events.events());
            ByteString deflated = deflated(columns, deflate);
            if (deflated.isEmpty()) {
                wire.setColumns(columns);
            } else {
                wire.setDeflatedColumns(deflated);
            }
        } else {
            Wire.EventList list = EventListCodec.encode(events.events());
            ByteString deflated = deflated(list, deflate);
            if (deflated.isEmpty()) {
                wire.setPlain(list);
            } else {
                wire.setDeflated(deflated);
            }
        }
        return Wire.StreamMessage.newBuilder().setEvents(wire).build();
    }

    private static ByteString deflated(MessageLite plain, boolean deflate) {
        return deflate && plain.getSerializedSize() >= LEAST_WORTH_DEFLATING_BYTES
                ? Deflating.pack(plain.toByteArray())
                : ByteString.EMPTY;
    }

    /** @throws StreamFormatException if the batch is not as it must be */
    static StreamMessage.Events events(Wire.Events wire) throws StreamFormatException {
        // Checked before unpacking, so that a small message cannot make us build a large list.
        int count = wire.getCount();
        if (count < 1 || count > StreamMessage.Events.MAX_EVENTS) {
            throw new StreamFormatException(
                    "batch of " + count + " events; want 1 to " + StreamMessage.Events.MAX_EVENTS);
        }
        return new StreamMessage.Events(
                EventListCodec.journalId(wire.getJournal()), wire.getFirstSeq(), unpacked(wire, count));
    }

    private static List<Event> unpacked(Wire.Events wire, int count) throws StreamFormatException {
        try {
            return switch (wire.getPackingCase()) {
                case PLAIN -> list(wire.getPlain(), count);
                case DEFLATED ->
                    list(
                            Wire.EventList.parseFrom(
                                    Deflating.unpack(wire.getDeflated(), Wire.EventList.getDescriptor())),
                            count);
                case COLUMNS -> EventColumnsCodec.decode(wire.getColumns(), count);
                case DEFLATED_COLUMNS ->
                    EventColumnsCodec.decode(
                            Wire.EventColumns.parseFrom(
                                    Deflating.unpack(wire.getDeflatedColumns(), Wire.EventColumns.getDescriptor())),
                            count);
                case PACKING_NOT_SET ->
                    throw new StreamFormatException("batch of " + count + " events without a packing");
            };
        } catch (InvalidProtocolBufferException e) {
            throw new StreamFormatException("compressed bytes that are no events: " + e.getMessage(), e);
        }
    }

    private static List<Event> list(Wire.EventList list, int count) throws StreamFormatException {
        if (list.getEventsCount() != count) {
            throw new StreamFormatException("batch says " + count + " events and has " + list.getEventsCount());
        }
        return EventListCodec.decode(list);
    }
}
