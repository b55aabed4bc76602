package org.matgate.protocol.mercury;

import java.util.Arrays;
import java.util.Optional;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ResyncParser;
import org.matgate.protocol.reader.Skipped.Reason;

/**
 * Finds a module's replies and tag records in what a host hears: a {@link org.matgate.protocol.reader.TagReport} for
 * each tag record, a {@link MercuryMessage} for anything else.
 */
public final class MercuryParser extends ResyncParser<ReaderMessage> {
    private static final Unfinished<ReaderMessage> UNFINISHED = new Unfinished<>();
    private static final NoFrame<ReaderMessage> NOISE = new NoFrame<>(Reason.NOISE);
    private static final NoFrame<ReaderMessage> MALFORMED = new NoFrame<>(Reason.MALFORMED);
    private static final NoFrame<ReaderMessage> BAD_CHECKSUM = new NoFrame<>(Reason.BAD_CHECKSUM);

    public MercuryParser() {
        super(MercuryFrame.REPLY_OVERHEAD + MercuryFrame.MAX_DATA);
    }

    @Override
    protected Head<ReaderMessage> head(byte[] bytes, int offset, int length) {
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
        int frameLength = MercuryFrame.REPLY_OVERHEAD + dataLength;
        if (length < frameLength) {
            return UNFINISHED;
        }
        if (!MercuryFrame.crcHolds(bytes, offset, frameLength)) {
            return BAD_CHECKSUM;
        }
        int op = bytes[offset + 2] & 0xFF;
        int status = MercuryFrame.unsigned16(bytes, offset + 3);
        byte[] data = Arrays.copyOfRange(bytes, offset + 5, offset + 5 + dataLength);
        Optional<ReaderMessage> message = MercuryMessages.decode(op, status, data);
        return message.isPresent() ? new Frame<>(message.get(), frameLength) : MALFORMED;
    }
}
