package org.matgate.protocol.mercury;

import java.util.Arrays;
import org.matgate.protocol.reader.ResyncParser;
import org.matgate.protocol.reader.Skipped.Reason;

/** Finds a host's commands in what a module hears. */
public final class MercuryCommandParser extends ResyncParser<MercuryCommand> {
    private static final Unfinished<MercuryCommand> UNFINISHED = new Unfinished<>();
    private static final NoFrame<MercuryCommand> NOISE = new NoFrame<>(Reason.NOISE);
    private static final NoFrame<MercuryCommand> MALFORMED = new NoFrame<>(Reason.MALFORMED);
    private static final NoFrame<MercuryCommand> BAD_CHECKSUM = new NoFrame<>(Reason.BAD_CHECKSUM);

    public MercuryCommandParser() {
        super(MercuryFrame.COMMAND_OVERHEAD + MercuryFrame.MAX_DATA);
    }

    @Override
    protected Head<MercuryCommand> head(byte[] bytes, int offset, int length) {
        if ((bytes[offset] & 0xFF) != MercuryFrame.START) {
            return NOISE;
        }
        if (length < 2) {
            return UNFINISHED;
        }
        int dataLength = bytes[offset + 1] & 0xFF;
        if (dataLength > MercuryFrame.MAX_DATA) {
            return MALFORMED;
        }
        int frameLength = MercuryFrame.COMMAND_OVERHEAD + dataLength;
        if (length < frameLength) {
            return UNFINISHED;
        }
        if (!MercuryFrame.crcHolds(bytes, offset, frameLength)) {
            return BAD_CHECKSUM;
        }
        byte[] data = Arrays.copyOfRange(bytes, offset + 3, offset + 3 + dataLength);
        return new Frame<>(MercuryCommands.decode(bytes[offset + 2] & 0xFF, data), frameLength);
    }
}
