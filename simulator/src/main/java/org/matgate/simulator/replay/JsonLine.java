package org.matgate.simulator.replay;

import java.util.HashMap;
import java.util.Map;

/** The values of one JSON object (RFC 8259) that are no objects or lists themselves; those are only passed over. */
final class JsonLine {
    /** Deeper than any export goes. */
    private static final int DEEPEST = 16;

    private final String text;
    private int at;

    private JsonLine(String text) {
        this.text = text;
    }

    /**
     * Strings as they read, numbers and words as they stand, null as nothing.
     *
     * @throws IllegalArgumentException if it is not one object and nothing else; it names the column
     */
    static Map<String, String> values(String text) {
        JsonLine line = new JsonLine(text);
        Map<String, String> values = new HashMap<>();
        line.object(values, 1);
        line.blank();
        if (line.at < text.length()) {
            throw line.wrong("the end of the line");
        }
        return values;
    }

    private void object(Map<String, String> values, int depth) {
        expect('{');
        if (next() == '}') {
            at++;
            return;
        }
        while (true) {
            if (next() != '"') {
                throw wrong("a name in quotation marks");
            }
            String name = string();
            expect(':');
            value(name, values, depth);
            if (ended('}')) {
                return;
            }
        }
    }

    private void list(int depth) {
        expect('[');
        if (next() == ']') {
            at++;
            return;
        }
        while (true) {
            value("", new HashMap<>(), depth);
            if (ended(']')) {
                return;
            }
        }
    }

    /** Whether what has ended was the last of several. */
    private boolean ended(char close) {
        char c = next();
        if (c != ',' && c != close) {
            throw wrong("',' or '" + close + "'");
        }
        at++;
        return c == close;
    }

    private void value(String name, Map<String, String> values, int depth) {
        char c = next();
        if (depth >= DEEPEST) {
            throw wrong("no more than " + DEEPEST + " levels");
        }
        if (c == '{') {
            object(new HashMap<>(), depth + 1);
        } else if (c == '[') {
            list(depth + 1);
        } else if (c == '"') {
            put(name, string(), values);
        } else {
            String word = word();
            put(name, word.equals("null") ? "" : word, values);
        }
    }

    private void put(String name, String value, Map<String, String> values) {
        if (values.put(name, value) != null) {
            throw new IllegalArgumentException("'" + name + "' stands there twice");
        }
    }

    private String word() {
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

    private String string() {
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

    private char escaped() {
        at++;
        char c = at < text.length() ? text.charAt(at) : ' ';
        if (c == 'u' && text.substring(at + 1).matches("(?s)[0-9a-fA-F]{4}.*")) {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
        }
        int known = "\"\\/bfnrt".indexOf(c);
        if (known < 0) {
            throw wrong("an escape of JSON behind '\\'");
        }
        return "\"\\/\b\f\n\r\t".charAt(known);
    }

    private void expect(char c) {
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

    private IllegalArgumentException wrong(String want) {
        return new IllegalArgumentException("no JSON at column " + (at + 1) + ": want " + want);
    }
}
