package org.matgate.protocol.llrp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.reader.ReaderMessage;

/**
 * Finds a reader's messages in what a client hears, each an {@link LlrpMessage}; the sightings are in
 * {@link LlrpMessage.RoAccessReport}. Messages above 256 KiB are malformed.
 */
public final class LlrpParser extends LlrpMessageParser<ReaderMessage> {
    public LlrpParser() {
        this(LlrpFrame.LARGEST);
    }

    /** A parser that holds at most so many bytes. */
    LlrpParser(int largest) {
        super(largest);
    }

    @Override
    @Nullable LlrpShape shape(int type) {
        return LlrpShape.ofReader(type);
    }

    @Override
    boolean isEcho(int type) {
        return LlrpShape.ofClient(type) != null;
    }

    @Override
    Optional<? extends ReaderMessage> decode(int type, long id, byte[] bytes, int from, int to) {
        return LlrpMessages.decode(type, id, bytes, from, to);
    }
}
