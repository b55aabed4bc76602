package org.matgate.gateway.reader;

import org.matgate.protocol.llrp.LlrpCommand;
import org.matgate.protocol.llrp.LlrpMessage;

/**
 * Something asked of an LLRP reader, once, as nothing gets lost on the way.
 *
 * @param what for a person
 */
record LlrpRequest(LlrpCommand command, Step step, String what, Dialogue.Need need) implements Dialogue.Request {
    /** Setting a reader back takes some of them seconds. */
    private static final long WAIT_NANOS = 10_000_000_000L;

    /** What it is a step of, which decides what follows. */
    enum Step {
        CAPABILITIES,
        /** A vendor's extensions, without which it refuses its own parameters. */
        EXTENSIONS,
        /** Whether it still does what it was told in an earlier life of ours. */
        ROSPECS,
        SETTING,
        /** What the vendor adds is part of it. */
        ADD_WITH_EXTRAS,
        ENABLE,
        ANTENNAS,
        TEMPERATURE,
        PURGE
    }

    @Override
    public byte[] encode() {
        return command.encode();
    }

    @Override
    public long waitNanos() {
        return WAIT_NANOS;
    }

    @Override
    public int tries() {
        return 1;
    }

    /** Whether the message answers this, well or badly. */
    boolean answeredBy(LlrpMessage message) {
        return message.id() == command.id()
                && (message instanceof LlrpMessage.Reply || message instanceof LlrpMessage.VendorReply);
    }
}
