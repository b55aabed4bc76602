package org.matgate.protocol.r2000;

import java.util.Optional;

/** Finds a host's commands in what a module hears. */
public final class R2000CommandParser extends R2000FrameParser<R2000Addressed> {
    @Override
    int maxData(int command) {
        return R2000Frame.MAX_DATA;
    }

    @Override
    Optional<R2000Addressed> message(int address, int command, byte[] data) {
        return Optional.of(new R2000Addressed(address, R2000Commands.decode(command, data)));
    }
}
