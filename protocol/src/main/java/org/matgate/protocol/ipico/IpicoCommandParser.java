package org.matgate.protocol.ipico;

import java.util.Optional;
import org.matgate.protocol.reader.Skipped.Reason;

/** Finds a host's commands in what a reader hears. */
public final class IpicoCommandParser extends IpicoLineParser<IpicoCommand> {
    public IpicoCommandParser() {
        super(new IpicoCommand.Blank());
    }

    @Override
    Head<IpicoCommand> line(String line, int frameLength) {
        if (!line.startsWith("ab") || !IpicoControl.hasLength(line)) {
            return new NoFrame<>(Reason.MALFORMED);
        }
        if (!IpicoText.checksumHolds(line, line.length() - 2)) {
            return new NoFrame<>(Reason.BAD_CHECKSUM);
        }
        Optional<IpicoCommand> command = IpicoControl.decode(line).map(IpicoControl::toCommand);
        return command.isPresent() ? new Frame<>(command.get(), frameLength) : new NoFrame<>(Reason.MALFORMED);
    }
}
