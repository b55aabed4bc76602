package org.matgate.protocol.llrp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds a client's messages in what a reader hears. Messages above 256 KiB are malformed. */
public final class LlrpCommandParser extends LlrpMessageParser<LlrpCommand> {
    public LlrpCommandParser() {
        this(LlrpFrame.LARGEST);
    }

    /** A parser that holds at most so many bytes. */
    LlrpCommandParser(int largest) {
        super(largest);
    }

    @Override
    @Nullable LlrpShape shape(int type) {
        return LlrpShape.ofClient(type);
    }

    @Override
    boolean isEcho(int type) {
        return LlrpShape.ofReader(type) != null;
    }

    @Override
    Optional<? extends LlrpCommand> decode(int type, long id, byte[] bytes, int from, int to) {
        return LlrpCommands.decode(type, id, bytes, from, to);
    }
}
