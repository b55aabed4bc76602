package org.matgate.protocol.r2000;

import java.util.Optional;
import org.matgate.protocol.reader.ReaderMessage;

/**
 * Finds a module's frames in what a host hears: a {@link org.matgate.protocol.reader.TagReport} for each tag, an
 * {@link R2000Message} for anything else. The address of the module that speaks is not told: there is one on a link.
 */
public final class R2000Parser extends R2000FrameParser<ReaderMessage> {
    /**
     * {@inheritDoc}
     *
     * <p>A false start among tag reports must not hold back the good frames behind it for longer than a report lasts.
     */
    @Override
    int maxData(int command) {
        return R2000Command.isInventory(command) ? R2000Tag.MAX_DATA : R2000Frame.MAX_DATA;
    }

    @Override
    Optional<ReaderMessage> message(int address, int command, byte[] data) {
        if (R2000Command.isInventory(command) && R2000Tag.hasLength(data.length)) {
            return R2000Tag.decode(data).map(ReaderMessage.class::cast);
        }
        return Optional.of(R2000Messages.decode(command, data));
    }
}
