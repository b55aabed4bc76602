package org.matgate.simulator.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records of comma-separated values (RFC 4180), whose quoted values may go over several lines. Not thread-safe. */
final class CsvRecords {
    /** A quotation mark that nobody closes must not swallow the file. */
    private static final int MOST_LINES = 20;

    private final Lines lines;
    private int firstLine;

    CsvRecords(Lines lines) {
        this.lines = lines;
    }

    /** Where the last record begins, from 1. */
    int line() {
        return firstLine;
    }

    /**
     * The next that is not blank; empty at the end of the file.
     *
     * @throws IllegalArgumentException if it is none; the next call goes on behind it
     */
    Optional<List<String>> next() throws IOException {
        for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
            firstLine = lines.number();
            StringBuilder text = new StringBuilder(Lines.text(line.get()));
            if (text.toString().isBlank()) {
                continue;
            }
            while (open(text)) {
                Optional<byte[]> more = lines.number() - firstLine < MOST_LINES - 1 ? lines.next() : Optional.empty();
                if (more.isEmpty()) {
                    throw new IllegalArgumentException("a quotation mark is not closed, up to line " + lines.number());
                }
                text.append('\n').append(Lines.text(more.get()));
            }
            return Optional.of(values(text.toString()));
        }
        return Optional.empty();
    }

    /** Each value in quotation marks has two of them, and each mark within it is doubled. */
    private static boolean open(StringBuilder text) {
        return text.chars().filter(c -> c == '"').count() % 2 != 0;
    }

    static List<String> values(String text) {
        List<String> values = new ArrayList<>();
        int at = 0;
        while (true) {
            boolean quoted = at < text.length() && text.charAt(at) == '"';
            int end = quoted ? endOfQuoted(text, at) : text.indexOf(',', at);
            end = end < 0 ? text.length() : end;
            String value = text.substring(at, end);
            if (!quoted && value.indexOf('"') >= 0) {
                throw new IllegalArgumentException(
                        "a quotation mark within a value: want the whole value in them, and each within doubled");
            }
            values.add(quoted ? value.substring(1, value.length() - 1).replace("\"\"", "\"") : value);
            if (end == text.length()) {
                return values;
            }
            at = end + 1;
        }
    }

    /** Where the comma behind it is, or the end of the text. */
    private static int endOfQuoted(String text, int start) {
        int at = start + 1;
        while (at < text.length()) {
            boolean doubled = text.startsWith("\"\"", at);
            if (text.charAt(at) == '"' && !doubled) {
                break;
            }
            at += doubled ? 2 : 1;
        }
        if (at >= text.length() || (at + 1 < text.length() && text.charAt(at + 1) != ',')) {
            throw new IllegalArgumentException("want a comma behind a value in quotation marks");
        }
        return at + 1;
    }
}
