package org.matgate.protocol.r2000;

import java.util.Arrays;
import java.util.Optional;
import org.matgate.protocol.reader.ResyncParser;
import org.matgate.protocol.reader.Skipped.Reason;

/** Finds frames; what they say depends on the direction. */
abstract class R2000FrameParser<M> extends ResyncParser<M> {
    /** Of a number that is no command: it has no frame. */
    static final int NO_COMMAND = -1;

    R2000FrameParser() {
        super(R2000Frame.OVERHEAD + R2000Frame.MAX_DATA);
    }

    /** The most bytes of data that a frame with this command has in this direction, or {@link #NO_COMMAND}. */
    abstract int maxData(int command);

    /** What a frame says whose checksum holds; empty if it is at odds with itself. */
    abstract Optional<M> message(int address, int command, byte[] data);

    @Override
    protected final Head<M> head(byte[] bytes, int offset, int length) {
        if ((bytes[offset] & 0xFF) != R2000Frame.START) {
            return new NoFrame<>(Reason.NOISE);
        }
        if (length < 2) {
            return new Unfinished<>();
        }
        int len = bytes[offset + 1] & 0xFF;
        if (len < R2000Frame.MIN_LEN) {
            return new NoFrame<>(Reason.MALFORMED);
        }
        int dataLength = len - R2000Frame.MIN_LEN;
        if (length >= 4 && dataLength > maxData(bytes[offset + 3] & 0xFF)) {
            return new NoFrame<>(Reason.MALFORMED);
        }
        int frameLength = R2000Frame.OVERHEAD + dataLength;
        if (length < frameLength) {
            return new Unfinished<>();
        }
        if (!R2000Frame.checksumHolds(bytes, offset, frameLength)) {
            return new NoFrame<>(Reason.BAD_CHECKSUM);
        }
        byte[] data = Arrays.copyOfRange(bytes, offset + 4, offset + 4 + dataLength);
        Optional<M> message = message(bytes[offset + 2] & 0xFF, bytes[offset + 3] & 0xFF, data);
        return message.isPresent() ? new Frame<>(message.get(), frameLength) : new NoFrame<>(Reason.MALFORMED);
    }
}
