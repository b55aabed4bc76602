package org.matgate.gateway.reader;

import org.matgate.protocol.ipico.IpicoCommand;
import org.matgate.protocol.ipico.IpicoMessage;

/**
 * Something asked of an IPICO reader. One that only talks answers nothing, and is as good.
 *
 * @param instruction of the command and of its answer
 */
record IpicoRequest(IpicoCommand command, int instruction) implements Dialogue.Request {
    private static final long WAIT_NANOS = 2_000_000_000L;

    /** Every sighting is to be reported. */
    static final IpicoRequest RAW = new IpicoRequest(new IpicoCommand.SetMode(0, IpicoCommand.Mode.RAW), 0x09);

    /** A sign of life; it tells the reader's clock. */
    static final IpicoRequest CLOCK = new IpicoRequest(new IpicoCommand.GetClock(0), 0x02);

    /** Whether the line answers this, well or badly. */
    boolean answeredBy(IpicoMessage.Control control) {
        return control.rejected() || control.instruction() == instruction;
    }

    @Override
    public byte[] encode() {
        return command.encode();
    }

    @Override
    public Dialogue.Need need() {
        return Dialogue.Need.NONE;
    }

    @Override
    public long waitNanos() {
        return WAIT_NANOS;
    }

    @Override
    public int tries() {
        return 1;
    }
}
