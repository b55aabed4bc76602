package org.matgate.protocol.stream;

import com.google.protobuf.ByteString;

/**
 * The bytes of an event's own part (what happened, without its stamp), as a store keeps them beside typed columns.
 * Thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class EventCodec {
    private EventCodec() {}

    /** The kind's field number in the message Event of read_stream.proto. */
    public static int kind(Event event) {
        throw new IllegalStateException("being written: " + event);
    }

    /** The event's own part, as the message of its kind; names are written out, so it stands by itself. */
    public static ByteString body(Event event) {
        throw new IllegalStateException("being written: " + event);
    }

    /**
     * The event of this kind and body; {@link Event.Unknown} for a kind that this version does not know.
     *
     * @throws StreamFormatException if the body is not of that kind
     */
    public static Event event(Stamp stamp, int kind, ByteString body) throws StreamFormatException {
        throw new StreamFormatException("being written: " + kind + body + stamp);
    }
}
