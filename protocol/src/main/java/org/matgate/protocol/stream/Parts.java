package org.matgate.protocol.stream;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import org.matgate.protocol.stream.StreamMessage.Events;
import org.matgate.protocol.stream.wire.Wire;

/** Looks at bytes before they are unpacked: two bytes can become an object fifty times as large. */
final class Parts {
    /** A boot, a source and an event for each event, where no two have anything in common. */
    private static final int MOST_IN_LIST = 3 * Events.MAX_EVENTS;

    /** Fields at any depth; a read has fifteen. */
    private static final int MOST = 64 * Events.MAX_EVENTS;

    private static final int LEAST_BYTES_OF_A_PART = 2;

    private int found;

    private Parts() {}

    /** @throws StreamFormatException if a list of events has more parts than any batch needs */
    static void checkList(byte[] bytes, int length, Descriptor kind) throws StreamFormatException {
        try {
            CodedInputStream in = CodedInputStream.newInstance(bytes, 0, length);
            int parts = 0;
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (++parts > MOST_IN_LIST) {
                    throw new StreamFormatException(
                            "batch of over " + MOST_IN_LIST + " parts; want at most " + Events.MAX_EVENTS + " events");
                }
                in.skipField(tag);
            }
        } catch (IOException e) {
            throw new StreamFormatException("compressed bytes that are no events: " + e.getMessage(), e);
        }
        check(bytes, length, kind);
    }

    /** @throws StreamFormatException if these bytes would become more objects than any message needs */
    static void check(byte[] bytes, int length, Descriptor kind) throws StreamFormatException {
        // Fewer bytes cannot have too many; a batch of a slow line is never looked at twice.
        if (length <= LEAST_BYTES_OF_A_PART * MOST) {
            return;
        }
        try {
            new Parts().walk(CodedInputStream.newInstance(bytes, 0, length), kind);
        } catch (IOException e) {
            throw new StreamFormatException(length + " bytes that are no message: " + e.getMessage(), e);
        }
    }

    private void walk(CodedInputStream in, Descriptor kind) throws IOException, StreamFormatException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (++found > MOST) {
                throw new StreamFormatException("message of over " + MOST + " fields; no message needs so many");
            }
            FieldDescriptor field = kind.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            switch (WireFormat.getTagWireType(tag)) {
                case WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
                    if (field == null || field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                        in.skipField(tag);
                    } else {
                        int outer = in.pushLimit(in.readRawVarint32());
                        walk(in, field.getMessageType());
                        in.popLimit(outer);
                    }
                }
                // What is within a group counts, too.
                case WireFormat.WIRETYPE_START_GROUP, WireFormat.WIRETYPE_END_GROUP -> {}
                default -> in.skipField(tag);
            }
        }
    }

    /** @throws StreamFormatException if a stranger says anything but Hello, Ping or Pong, or what a newer one may add */
    static void checkFirst(byte[] bytes) throws StreamFormatException {
        try {
            CodedInputStream in = CodedInputStream.newInstance(bytes);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                int number = WireFormat.getTagFieldNumber(tag);
                FieldDescriptor field = Wire.StreamMessage.getDescriptor().findFieldByNumber(number);
                if (field != null
                        && number != Wire.StreamMessage.HELLO_FIELD_NUMBER
                        && number != Wire.StreamMessage.PING_FIELD_NUMBER
                        && number != Wire.StreamMessage.PONG_FIELD_NUMBER) {
                    throw new StreamFormatException("the first message must be Hello, not "
                            + field.getMessageType().getName());
                }
                in.skipField(tag);
            }
        } catch (IOException e) {
            throw new StreamFormatException(bytes.length + " bytes that are no message: " + e.getMessage(), e);
        }
    }
}
