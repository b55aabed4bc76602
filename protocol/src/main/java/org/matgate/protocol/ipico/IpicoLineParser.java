package org.matgate.protocol.ipico;

import java.nio.charset.StandardCharsets;
import org.matgate.protocol.reader.ResyncParser;
import org.matgate.protocol.reader.Skipped.Reason;

/**
 * Finds lines: each ends at a CR or a LF, so that a line is told as soon as its own end is there; the LF of a CR LF is
 * an empty line. Behind garbage, the good end of a line counts as the line.
 */
abstract class IpicoLineParser<M> extends ResyncParser<M> {
    /** Characters in the longest line, without its end; twice that of a plain tag line. */
    static final int MAX_LINE = 64;

    private final M blank;

    IpicoLineParser(M blank) {
        super(MAX_LINE + 1);
        this.blank = blank;
    }

    /** What lies in a line that begins with {@code aa} or {@code ab}; with its end it has so many bytes. */
    abstract Head<M> line(String line, int frameLength);

    @Override
    protected final Head<M> head(byte[] bytes, int offset, int length) {
        if (isEnd(bytes[offset])) {
            return new Frame<>(blank, 1);
        }
        boolean begun = bytes[offset] == 'a' && (length == 1 || bytes[offset + 1] == 'a' || bytes[offset + 1] == 'b');
        if (!begun) {
            return new NoFrame<>(Reason.NOISE);
        }
        int end = 1;
        while (end < length && !isEnd(bytes[offset + end])) {
            end++;
        }
        if (end > MAX_LINE) {
            return new NoFrame<>(Reason.MALFORMED);
        }
        if (end == length) {
            return new Unfinished<>();
        }
        return line(new String(bytes, offset, end, StandardCharsets.ISO_8859_1), end + 1);
    }

    private static boolean isEnd(byte character) {
        return character == '\r' || character == '\n';
    }
}
