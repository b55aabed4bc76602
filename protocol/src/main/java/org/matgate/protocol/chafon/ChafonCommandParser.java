package org.matgate.protocol.chafon;

/** Finds a host's commands in what a reader hears. */
public final class ChafonCommandParser extends ChafonLengthParser<ChafonCommand> {
    public ChafonCommandParser() {
        super(ChafonFrame.COMMAND_OVERHEAD);
    }

    @Override
    ChafonCommand message(byte[] head, byte[] data) {
        return ChafonCommands.decode(head[0] & 0xFF, head[1] & 0xFF, data);
    }
}
