package org.matgate.protocol.ipico;

import java.util.Optional;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.Skipped.Reason;

/**
 * Finds a reader's lines in what a host hears: a {@link org.matgate.protocol.reader.TagReport} for each tag line, an
 * {@link IpicoMessage} for anything else.
 */
public final class IpicoParser extends IpicoLineParser<ReaderMessage> {
    public IpicoParser() {
        super(new IpicoMessage.Blank());
    }

    @Override
    Head<ReaderMessage> line(String line, int frameLength) {
        return line.startsWith("aa") ? tagLine(line, frameLength) : controlLine(line, frameLength);
    }

    private static Head<ReaderMessage> tagLine(String line, int frameLength) {
        int checksumAt = IpicoTagLine.checksumAt(line.length());
        if (checksumAt < 0) {
            return new NoFrame<>(Reason.MALFORMED);
        }
        if (!IpicoText.checksumHolds(line, checksumAt)) {
            return new NoFrame<>(Reason.BAD_CHECKSUM);
        }
        Optional<IpicoTagLine> tag = IpicoTagLine.decode(line);
        return tag.isPresent() ? new Frame<>(tag.get().report(), frameLength) : new NoFrame<>(Reason.MALFORMED);
    }

    private static Head<ReaderMessage> controlLine(String line, int frameLength) {
        if (!IpicoControl.hasLength(line)) {
            return new NoFrame<>(Reason.MALFORMED);
        }
        if (!IpicoText.checksumHolds(line, line.length() - 2)) {
            return new NoFrame<>(Reason.BAD_CHECKSUM);
        }
        Optional<IpicoMessage> reply = IpicoControl.decode(line).flatMap(IpicoControl::toReply);
        return reply.isPresent() ? new Frame<>(reply.get(), frameLength) : new NoFrame<>(Reason.MALFORMED);
    }
}
