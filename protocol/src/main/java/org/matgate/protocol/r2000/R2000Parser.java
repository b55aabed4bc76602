package org.matgate.protocol.r2000;

import java.util.Optional;
import org.matgate.protocol.reader.ReaderMessage;

/**
 * Finds a module's frames in what a host hears: a {@link org.matgate.protocol.reader.TagReport} for each tag, an
 * {@link R2000Message} for anything else. The address of the module that speaks is not told: there is one on a link.
 */
public final class R2000Parser extends R2000FrameParser<ReaderMessage> {
    /** What answers a setting is short; tag memory and buffers can be long. */
    private static final int SETTING_DATA = 32;

    /**
     * {@inheritDoc}
     *
     * <p>Eight bits of checksum let every 256th false frame through, and it would take the good ones behind its false
     * start with it: what no module says is not waited for.
     */
    @Override
    int maxData(int command) {
        if (R2000Command.isInventory(command)) {
            return R2000Tag.MAX_DATA;
        }
        return switch (command >> 4) {
            case 0x6, 0x7 -> SETTING_DATA;
            case 0x8, 0x9, 0xB -> R2000Frame.MAX_DATA;
            default -> NO_COMMAND;
        };
    }

    @Override
    Optional<ReaderMessage> message(int address, int command, byte[] data) {
        if (R2000Command.isInventory(command) && R2000Tag.hasLength(data.length)) {
            return R2000Tag.decode(data).map(ReaderMessage.class::cast);
        }
        return Optional.of(R2000Messages.decode(command, data));
    }
}
