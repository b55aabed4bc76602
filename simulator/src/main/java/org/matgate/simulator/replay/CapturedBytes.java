package org.matgate.simulator.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.matgate.protocol.ipico.IpicoParser;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.Skipped;
import org.matgate.protocol.reader.TagReport;

/** Bytes that a reader said at once, with their time if they have one, and the read in them if it is known. */
final class CapturedBytes {
    private final byte[] bytes;
    private final OptionalLong nanos;
    private final Optional<TagReport> report;

    private CapturedBytes(byte[] bytes, OptionalLong nanos, Optional<TagReport> report) {
        this.bytes = bytes;
        this.nanos = nanos;
        this.report = report;
    }

    static CapturedBytes at(long nanos, byte[] bytes) {
        return new CapturedBytes(bytes, OptionalLong.of(nanos), Optional.empty());
    }

    /** A line of an IPICO reader with its end, whatever is in it. */
    static CapturedBytes line(byte[] bytes) {
        Optional<TagReport> report = tagIn(bytes);
        OptionalLong nanos = report.map(TagReport::time).orElse(ReaderTime.NONE).base() == ReaderTime.Base.CIVIL
                ? OptionalLong.of(report.orElseThrow().time().micros() * 1000)
                : OptionalLong.empty();
        return new CapturedBytes(bytes, nanos, report);
    }

    /** The read in a line, if it is a good tag line; also of a last line that has no end. */
    static Optional<TagReport> tagIn(byte[] line) {
        List<TagReport> found = new ArrayList<>();
        IpicoParser parser = new IpicoParser();
        FrameParser.Sink<ReaderMessage> sink = new FrameParser.Sink<>() {
            @Override
            public void message(ReaderMessage message, FramePosition position) {
                if (message instanceof TagReport tag) {
                    found.add(tag);
                }
            }

            @Override
            public void skipped(Skipped skipped) {}
        };
        parser.parse(line, 0, line.length, sink);
        if (line.length > 0 && line[line.length - 1] != '\n') {
            parser.parse(new byte[] {'\n'}, 0, 1, sink);
        }
        return found.stream().findFirst();
    }

    /** Not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    OptionalLong nanos() {
        return nanos;
    }

    Optional<TagReport> report() {
        return report;
    }
}
