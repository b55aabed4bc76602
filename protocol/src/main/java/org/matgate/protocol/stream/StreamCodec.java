package org.matgate.protocol.stream;

/** Turns messages of the read stream into bytes and back, without the length in front. Thread-safe. */
@SuppressWarnings("DoNotCallSuggester")
public final class StreamCodec {
    /** The most bytes that one message may have. */
    public static final int MAX_MESSAGE_BYTES = 1 << 20;

    private StreamCodec() {}

    /**
     * The message's bytes.
     *
     * @throws IllegalArgumentException if they would be more than {@link #MAX_MESSAGE_BYTES}
     */
    public static byte[] encode(StreamMessage message) {
        throw new IllegalStateException("being written: " + message);
    }

    /**
     * The message that these bytes hold.
     *
     * @throws StreamFormatException if they hold none, or one that breaks a bound
     */
    public static StreamMessage decode(byte[] bytes) throws StreamFormatException {
        throw new StreamFormatException("being written: " + bytes.length);
    }
}
