package org.matgate.simulator.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Records of comma-separated values (RFC 4180), whose quoted values may go over several lines. Each character is looked at
 * a few times only, whatever the file. Not thread-safe.
 */
final class CsvRecords {
    /** A quotation mark that nobody closes must not swallow the file. */
    private static final int MOST_LINES = 20;

    private static final int MOST_CHARACTERS = Lines.LONGEST;

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
                return Optional.of(new Cursor(whole(line.get(), first), first).values());
            }
        }
        return Optional.empty();
    }

    private String whole(String line, int first) throws IOException, BadRowException {
        StringBuilder text = new StringBuilder(line);
        // Each value in quotation marks has two of them, and each mark within it is doubled.
        boolean open = openEnd(line);
        while (open) {
            Optional<String> more = lines.number() - first < MOST_LINES - 1 ? lines.text() : Optional.empty();
            if (more.isEmpty()) {
                throw unclosed(line, first, "a quotation mark is not closed, up to line " + lines.number());
            }
            text.append('\n').append(more.get());
            if (text.length() > MOST_CHARACTERS) {
                throw unclosed(
                        line,
                        first,
                        "a row of more than " + MOST_CHARACTERS + " characters, up to line " + lines.number()
                                + ", as a quotation mark is not closed before");
            }
            open ^= openEnd(more.get());
        }
        return text.toString();
    }

    private static boolean openEnd(String line) {
        return line.chars().filter(c -> c == '"').count() % 2 != 0;
    }

    private static BadRowException unclosed(String line, int first, String what) {
        return new BadRowException(new Place(first, line.indexOf('"') + 1), what + ": want two at each value");
    }

    /** Goes through a record once, from its first character to its last. */
    private static final class Cursor {
        private final String text;
        private final List<Value> values = new ArrayList<>();
        private int at;
        private int line;
        /** Where that line begins. */
        private int begin;

        Cursor(String text, int firstLine) {
            this.text = text;
            this.line = firstLine;
        }

        private boolean atEnd() {
            return at == text.length();
        }

        private void step() {
            if (text.charAt(at) == '\n') {
                line++;
                begin = at + 1;
            }
            at++;
        }

        private Place place() {
            return new Place(line, at - begin + 1);
        }

        List<Value> values() throws BadRowException {
            while (true) {
                Place place = place();
                boolean quoted = !atEnd() && text.charAt(at) == '"';
                values.add(new Value(quoted ? quoted() : bare(), place));
                if (atEnd()) {
                    return values;
                }
                step();
            }
        }

        /** Up to the comma behind it, or the end. */
        private String bare() throws BadRowException {
            int start = at;
            for (; !atEnd() && text.charAt(at) != ','; step()) {
                if (text.charAt(at) == '"') {
                    throw new BadRowException(
                            place(),
                            "a quotation mark within a value: want the whole value in them, and each within doubled");
                }
            }
            return text.substring(start, at).strip();
        }

        private String quoted() throws BadRowException {
            int start = at + 1;
            step();
            while (!atEnd() && (text.charAt(at) != '"' || text.startsWith("\"\"", at))) {
                boolean doubled = text.charAt(at) == '"';
                step();
                if (doubled) {
                    step();
                }
            }
            int end = at;
            if (!atEnd()) {
                step();
            }
            if (end == text.length() || (!atEnd() && text.charAt(at) != ',')) {
                throw new BadRowException(place(), "want a comma behind a value in quotation marks");
            }
            return text.substring(start, end).replace("\"\"", "\"").strip();
        }
    }
}
