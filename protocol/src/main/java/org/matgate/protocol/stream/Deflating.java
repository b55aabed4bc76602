package org.matgate.protocol.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A batch's events, compressed. */
final class Deflating {
    /** The most bytes that a compressed batch may become: about a kilobyte an event, which no event comes near. */
    static final int MAX_INFLATED_BYTES = 4 << 20;

    /** What is unpacked at first, as many times the packed size; most batches fit. */
    private static final int USUAL_RATIO = 4;

    private Deflating() {}

    /** These bytes compressed; empty where that is no smaller, or may not be unpacked again. */
    static ByteString pack(byte[] plain) {
        byte[] packed = new byte[plain.length];
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(plain);
            deflater.finish();
            int length = deflater.deflate(packed);
            return deflater.finished() && length < plain.length && plain.length <= MAX_INFLATED_BYTES
                    ? ByteString.copyFrom(packed, 0, length)
                    : ByteString.EMPTY;
        }
    }

    /**
     * What was compressed, looked through: no more parts than a batch needs.
     *
     * @param kind the message that it should be
     * @throws StreamFormatException if the bytes are not DEFLATE, or unpack to too much
     */
    static ByteString unpack(ByteString deflated, Descriptor kind) throws StreamFormatException {
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(deflated.toByteArray());
            // Grown as needed, so that a small message cannot make us take megabytes.
            byte[] out = new byte[Math.min(MAX_INFLATED_BYTES, 1024 + USUAL_RATIO * deflated.size())];
            int length = inflater.inflate(out);
            while (!inflater.finished() && length == out.length && length < MAX_INFLATED_BYTES) {
                out = Arrays.copyOf(out, Math.min(MAX_INFLATED_BYTES, 2 * length));
                length += inflater.inflate(out, length, out.length - length);
            }
            if (!inflater.finished()) {
                throw new StreamFormatException(
                        deflated.size() + " compressed bytes that end early or unpack to over " + MAX_INFLATED_BYTES);
            }
            Parts.checkList(out, length, kind);
            return ByteString.copyFrom(out, 0, length);
        } catch (DataFormatException e) {
            throw new StreamFormatException(deflated.size() + " bytes that are not DEFLATE: " + e.getMessage(), e);
        }
    }
}
