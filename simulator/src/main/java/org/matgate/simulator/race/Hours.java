package org.matgate.simulator.race;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: hours, minutes and seconds. */
final class Hours {
    static final long DAY_NANOS = 86_400_000_000_000L;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,3}):([0-5]\\d):([0-5]\\d)(?:\\.(\\d{1,9}))?");

    private Hours() {}

    /** Nanoseconds in a text such as {@code 1:30:00} or {@code 0:00:07.25}; empty if it is none. */
    static OptionalLong nanos(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return OptionalLong.empty();
        }
        long seconds = Integer.parseInt(parts.group(1)) * 3600L
                + Integer.parseInt(parts.group(2)) * 60L
                + Integer.parseInt(parts.group(3));
        String fraction = parts.group(4) == null ? "" : parts.group(4);
        return OptionalLong.of(seconds * 1_000_000_000 + Long.parseLong((fraction + "000000000").substring(0, 9)));
    }

    /** Such as {@code 1:30:00}, down to the second. */
    static String text(long nanos) {
        long seconds = nanos / 1_000_000_000;
        return "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
