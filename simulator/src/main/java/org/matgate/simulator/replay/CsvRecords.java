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

    CsvRecords(Lines lines) {
        this.lines = lines;
    }

    /**
     * The next that is not blank; empty at the end of the file.
     *
     * @throws BadRowException if it is none; the next call goes on behind it
     */
    Optional<List<Value>> next() throws IOException, BadRowException {
        for (Optional<String> line = lines.text(); line.isPresent(); line = lines.text()) {
            if (!line.get().isBlank()) {
                int first = lines.number();
                return Optional.of(values(whole(line.get(), first), first));
            }
        }
        return Optional.empty();
    }

    private String whole(String line, int first) throws IOException, BadRowException {
        StringBuilder text = new StringBuilder(line);
        // Each value in quotation marks has two of them, and each mark within it is doubled.
        while (text.chars().filter(c -> c == '"').count() % 2 != 0) {
            Optional<String> more = lines.number() - first < MOST_LINES - 1 ? lines.text() : Optional.empty();
            if (more.isEmpty()) {
                throw new BadRowException(
                        new Place(first, line.indexOf('"') + 1),
                        "a quotation mark is not closed, up to line " + lines.number() + ": want two at each value");
            }
            text.append('\n').append(more.get());
        }
        return text.toString();
    }

    private static List<Value> values(String text, int firstLine) throws BadRowException {
        List<Value> values = new ArrayList<>();
        int at = 0;
        while (true) {
            Place place = place(text, at, firstLine);
            boolean quoted = at < text.length() && text.charAt(at) == '"';
            int end = quoted ? endOfQuoted(text, at, firstLine) : text.indexOf(',', at);
            end = end < 0 ? text.length() : end;
            values.add(new Value(quoted ? unquoted(text, at, end) : bare(text, at, end, firstLine), place));
            if (end == text.length()) {
                return values;
            }
            at = end + 1;
        }
    }

    private static String unquoted(String text, int start, int end) {
        return text.substring(start + 1, end - 1).replace("\"\"", "\"").strip();
    }

    private static String bare(String text, int start, int end, int firstLine) throws BadRowException {
        int mark = text.indexOf('"', start);
        if (mark >= 0 && mark < end) {
            throw new BadRowException(
                    place(text, mark, firstLine),
                    "a quotation mark within a value: want the whole value in them, and each within doubled");
        }
        return text.substring(start, end).strip();
    }

    /** Where the comma behind it is, or the end of the text. */
    private static int endOfQuoted(String text, int start, int firstLine) throws BadRowException {
        int at = start + 1;
        while (at < text.length()) {
            boolean doubled = text.startsWith("\"\"", at);
            if (text.charAt(at) == '"' && !doubled) {
                break;
            }
            at += doubled ? 2 : 1;
        }
        if (at >= text.length() || (at + 1 < text.length() && text.charAt(at + 1) != ',')) {
            throw new BadRowException(
                    place(text, Math.min(at + 1, text.length()), firstLine),
                    "want a comma behind a value in quotation marks");
        }
        return at + 1;
    }

    private static Place place(String text, int at, int firstLine) {
        int line = firstLine;
        int begin = 0;
        for (int end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', begin)) {
            line++;
            begin = end + 1;
        }
        return new Place(line, at - begin + 1);
    }
}
