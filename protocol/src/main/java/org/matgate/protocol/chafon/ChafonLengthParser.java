package org.matgate.protocol.chafon;

import java.util.Arrays;
import org.matgate.protocol.reader.ResyncParser;
import org.matgate.protocol.reader.Skipped.Reason;

/** Finds frames in either direction: any byte may be the length of one, and the checksum decides. */
abstract class ChafonLengthParser<M> extends ResyncParser<M> {
    private final int overhead;
    private final Unfinished<M> unfinished = new Unfinished<>();
    private final NoFrame<M> noise = new NoFrame<>(Reason.NOISE);
    private final NoFrame<M> badChecksum = new NoFrame<>(Reason.BAD_CHECKSUM);

    /** @param overhead bytes of a frame around its data */
    ChafonLengthParser(int overhead) {
        super(ChafonFrame.MAX_FRAME);
        this.overhead = overhead;
    }

    /** What a good frame says: what stands between its length and its data, one byte each, and the data. */
    abstract M message(byte[] head, byte[] data);

    @Override
    protected final Head<M> head(byte[] bytes, int offset, int length) {
        int frameLength = 1 + (bytes[offset] & 0xFF);
        if (frameLength < overhead) {
            return noise;
        }
        if (length < frameLength) {
            return unfinished;
        }
        if (!ChafonFrame.crcHolds(bytes, offset, frameLength)) {
            return badChecksum;
        }
        int data = offset + overhead - 2;
        return new Frame<>(
                message(
                        Arrays.copyOfRange(bytes, offset + 1, data),
                        Arrays.copyOfRange(bytes, data, offset + frameLength - 2)),
                frameLength);
    }
}
