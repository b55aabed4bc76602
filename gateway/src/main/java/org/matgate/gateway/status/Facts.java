package org.matgate.gateway.status;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of a part, for programs: one JSON object (RFC 8259) on one line. Immutable.
 *
 * @param members the object's members as they stand between its braces
 */
public record Facts(String members) {
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(?:u([0-9a-f]{4})|(.))");

    /** Nothing is known. */
    public static final Facts NONE = new Facts("");

    /** With a text. */
    public Facts with(String key, String value) {
        return raw(key, quote(value));
    }

    /** With a whole number. */
    public Facts with(String key, long value) {
        return raw(key, Long.toString(value));
    }

    /** With a number, to three places; it must be finite. */
    public Facts with(String key, double value) {
        return raw(key, String.format(Locale.ROOT, "%.3f", value));
    }

    /** With yes or no. */
    public Facts with(String key, boolean value) {
        return raw(key, Boolean.toString(value));
    }

    /** With a number where there is one, else null. */
    public Facts with(String key, OptionalLong value) {
        return raw(key, value.isPresent() ? Long.toString(value.getAsLong()) : "null");
    }

    /** With a number where there is one, else null. */
    public Facts with(String key, OptionalInt value) {
        return raw(key, value.isPresent() ? Integer.toString(value.getAsInt()) : "null");
    }

    /** With a text where there is one, else null. */
    public Facts with(String key, Optional<String> value) {
        return raw(key, value.map(Facts::quote).orElse("null"));
    }

    /** With seconds, of nanoseconds where there are any, else null. */
    public Facts withSeconds(String key, OptionalLong nanos) {
        return raw(key, nanos.isPresent() ? String.format(Locale.ROOT, "%.3f", nanos.getAsLong() / 1e9) : "null");
    }

    /** With an array of objects. */
    public Facts with(String key, Iterable<Facts> values) {
        StringBuilder array = new StringBuilder("[");
        for (Facts value : values) {
            array.append(array.length() == 1 ? "" : ",").append(value.json());
        }
        return raw(key, array.append(']').toString());
    }

    private Facts raw(String key, String json) {
        return new Facts(members + (members.isEmpty() ? "" : ",") + quote(key) + ":" + json);
    }

    /** The text under a key; empty if there is none. */
    public Optional<String> text(String key) {
        // No text can look like a key: its quotation marks are escaped.
        String head = quote(key) + ":";
        int at = members.indexOf(head);
        Matcher text = TEXT.matcher(members);
        if (at < 0 || !text.region(at + head.length(), members.length()).lookingAt()) {
            return Optional.empty();
        }
        return Optional.of(ESCAPED.matcher(text.group(1))
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null
                                ? found.group(2)
                                : String.valueOf((char) Integer.parseInt(found.group(1), 16)))));
    }

    /** The object. */
    public String json() {
        return "{" + members + "}";
    }

    /** A text as JSON has it: without any control character. */
    static String quote(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                // A lone surrogate has no form in UTF-8, so all are written by their numbers.
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
