package org.matgate.simulator.replay;

import java.util.HashMap;
import java.util.Map;

/** The values of one JSON object (RFC 8259) that are no objects or lists themselves; those are only passed over. */
final class JsonLine {
    /** Deeper than any export goes. */
    private static final int DEEPEST = 16;

    private final String text;
    private final int line;
    private int at;

    private JsonLine(String text, int line) {
        this.text = text;
        this.line = line;
    }

    /**
     * Strings as they read, numbers and words as they stand, null as nothing.
     *
     * @param line which one of its file it is
     * @throws BadRowException if it is not one object and nothing else
     */
    static Map<String, Value> values(String text, int line) throws BadRowException {
        JsonLine json = new JsonLine(text, line);
        Map<String, Value> values = new HashMap<>();
        json.object(values, 1);
        json.blank();
        if (json.at < text.length()) {
            throw json.wrong("the end of the line");
        }
        return values;
    }

    private void object(Map<String, Value> values, int depth) throws BadRowException {
        expect('{');
        if (next() == '}') {
            at++;
            return;
        }
        do {
            if (next() != '"') {
                throw wrong("a name in quotation marks");
            }
            Place place = place();
            String name = string();
            expect(':');
            if (values.put(name, value(depth)) != null) {
                throw new BadRowException(place, "'" + name + "' stands there twice: want it once");
            }
        } while (!ended('}'));
    }

    private void list(int depth) throws BadRowException {
        expect('[');
        if (next() == ']') {
            at++;
            return;
        }
        do {
            value(depth);
        } while (!ended(']'));
    }

    /** Whether what has ended was the last of several. */
    private boolean ended(char close) throws BadRowException {
        char c = next();
        if (c != ',' && c != close) {
            throw wrong("',' or '" + close + "'");
        }
        at++;
        return c == close;
    }

    private Value value(int depth) throws BadRowException {
        char c = next();
        Place place = place();
        if (depth >= DEEPEST) {
            throw wrong("no more than " + DEEPEST + " levels");
        }
        if (c == '"') {
            return new Value(string(), place);
        }
        if (c == '{') {
            object(new HashMap<>(), depth + 1);
            return new Value("", place);
        }
        if (c == '[') {
            list(depth + 1);
            return new Value("", place);
        }
        String word = word();
        return new Value(word.equals("null") ? "" : word, place);
    }

    private String word() throws BadRowException {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "-+.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String word = text.substring(start, at);
        if (!word.matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?|true|false|null")) {
            at = start;
            throw wrong("a value");
        }
        return word;
    }

    private String string() throws BadRowException {
        StringBuilder string = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            string.append(text.charAt(at) == '\\' ? escaped() : text.charAt(at));
        }
        if (at >= text.length()) {
            throw wrong("a quotation mark that ends the text");
        }
        at++;
        return string.toString();
    }

    private char escaped() throws BadRowException {
        at++;
        char c = at < text.length() ? text.charAt(at) : ' ';
        if (c == 'u' && at + 4 < text.length() && text.substring(at + 1, at + 5).matches("[0-9a-fA-F]{4}")) {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
        }
        int known = "\"\\/bfnrt".indexOf(c);
        if (known < 0) {
            throw wrong("an escape of JSON behind '\\'");
        }
        return "\"\\/\b\f\n\r\t".charAt(known);
    }

    private void expect(char c) throws BadRowException {
        if (next() != c) {
            throw wrong("'" + c + "'");
        }
        at++;
    }

    /** What comes next that is no blank; it is not taken. A blank at the end. */
    private char next() {
        blank();
        return at < text.length() ? text.charAt(at) : ' ';
    }

    private void blank() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private Place place() {
        return new Place(line, at + 1);
    }

    private BadRowException wrong(String want) {
        return new BadRowException(place(), "no JSON: want " + want + " here");
    }
}
