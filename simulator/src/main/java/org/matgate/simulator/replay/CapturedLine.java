package org.matgate.simulator.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.matgate.protocol.ipico.IpicoParser;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.Skipped;
import org.matgate.protocol.reader.TagReport;

/** A line as it was captured, with its end, and the read in it, if it is a good tag line. */
final class CapturedLine {
    private final byte[] bytes;
    private final Optional<TagReport> report;

    private CapturedLine(byte[] bytes) {
        this.bytes = bytes;
        this.report = reportIn(bytes);
    }

    /** All lines of a file; together they are its bytes. Where the last has no end of a line it has none here. */
    static List<CapturedLine> read(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        List<CapturedLine> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == '\n' || i == all.length - 1) {
                lines.add(new CapturedLine(Arrays.copyOfRange(all, start, i + 1)));
                start = i + 1;
            }
        }
        return lines;
    }

    private static Optional<TagReport> reportIn(byte[] bytes) {
        List<TagReport> found = new ArrayList<>();
        IpicoParser parser = new IpicoParser();
        parser.parse(bytes, 0, bytes.length, new FrameParser.Sink<ReaderMessage>() {
            @Override
            public void message(ReaderMessage message, FramePosition position) {
                if (message instanceof TagReport tag) {
                    found.add(tag);
                }
            }

            @Override
            public void skipped(Skipped skipped) {}
        });
        return found.stream().findFirst();
    }

    /** Not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    Optional<TagReport> report() {
        return report;
    }
}
