package org.matgate.protocol.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.matgate.protocol.stream.wire.Wire;

/** A batch's events, compressed. */
final class Deflating {
    /** The most bytes that a compressed batch may become: about a kilobyte an event, which no event comes near. */
    static final int MAX_INFLATED_BYTES = 4 << 20;

    /** What is unpacked at first, as many times the packed size; most batches fit. */
    private static final int USUAL_RATIO = 4;

    private Deflating() {}

    /** Puts the list into the batch, compressed where that is smaller and may be unpacked again. */
    static void set(Wire.Events.Builder batch, Wire.EventList list) {
        byte[] plain = list.toByteArray();
        byte[] packed = new byte[plain.length];
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(plain);
            deflater.finish();
            int length = deflater.deflate(packed);
            if (deflater.finished() && length < plain.length && plain.length <= MAX_INFLATED_BYTES) {
                batch.setDeflated(ByteString.copyFrom(packed, 0, length));
            } else {
                batch.setPlain(list);
            }
        }
    }

    /** @throws StreamFormatException if the bytes are not DEFLATE, unpack to too much, or to no events */
    static Wire.EventList list(ByteString deflated) throws StreamFormatException {
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
            Parts.checkList(out, length);
            return Wire.EventList.parseFrom(ByteString.copyFrom(out, 0, length));
        } catch (DataFormatException e) {
            throw new StreamFormatException(deflated.size() + " bytes that are not DEFLATE: " + e.getMessage(), e);
        } catch (InvalidProtocolBufferException e) {
            throw new StreamFormatException("compressed bytes that are no events: " + e.getMessage(), e);
        }
    }
}
