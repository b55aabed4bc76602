package org.matgate.simulator.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** The times of one file, all written in the way of the first. Not thread-safe. */
final class Times {
    static final long DAY_NANOS = 86_400_000_000_000L;

    private static final Pattern SECONDS = Pattern.compile("-?\\d{1,10}(\\.\\d{1,9})?");
    private static final Pattern TIME_OF_DAY = Pattern.compile("\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?");
    private static final Pattern WITH_ZONE = Pattern.compile(".*[T ].*(Z|[+-]\\d{2}(:?\\d{2})?)");
    private static final long MOST_SECONDS = 9_000_000_000L;

    /** How a time is written. */
    private enum Form {
        SECONDS,
        TIME_OF_DAY,
        WITHOUT_ZONE,
        WITH_ZONE
    }

    private Optional<Form> usual = Optional.empty();
    private long last = Long.MIN_VALUE;

    /**
     * Nanoseconds, since 1970 where there is a date; one without a zone counts as UTC.
     *
     * @throws IllegalArgumentException if it is no time, or written otherwise than the first
     */
    long nanos(String text) {
        Form form = form(text);
        long nanos = nanos(text, form);
        if (usual.orElse(form) != form) {
            throw new IllegalArgumentException(
                    "the time '" + text + "' is written in another way than those before: want one way in a file");
        }
        if (form == Form.TIME_OF_DAY && last != Long.MIN_VALUE && nanos < last - DAY_NANOS / 2) {
            throw new IllegalArgumentException("the time of day '" + text
                    + "' is more than 12 hours before the one above: a file that goes past midnight needs dates");
        }
        usual = Optional.of(form);
        last = nanos;
        return nanos;
    }

    /** The same for one time by itself. */
    static long single(String text) {
        return nanos(text, form(text));
    }

    /** Whether it says a time of day only. */
    static boolean ofDay(String text) {
        return TIME_OF_DAY.matcher(text).matches();
    }

    private static Form form(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Form.SECONDS;
        }
        if (ofDay(text)) {
            return Form.TIME_OF_DAY;
        }
        return WITH_ZONE.matcher(text).matches() ? Form.WITH_ZONE : Form.WITHOUT_ZONE;
    }

    private static long nanos(String text, Form form) {
        String iso = text.replace(' ', 'T');
        try {
            return switch (form) {
                case SECONDS -> seconds(text);
                case TIME_OF_DAY -> LocalTime.parse(text).toNanoOfDay();
                case WITHOUT_ZONE -> nanos(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
                case WITH_ZONE -> nanos(OffsetDateTime.parse(iso).toInstant());
            };
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "the time '" + text + "': want such as 2026-02-15T07:31:00.25Z, 07:31:00.25, or seconds", e);
        }
    }

    private static long seconds(String text) {
        BigDecimal seconds = new BigDecimal(text);
        if (seconds.abs().longValue() > MOST_SECONDS) {
            throw new DateTimeException("too far away");
        }
        return seconds.movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    private static long nanos(Instant moment) {
        return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), 1_000_000_000L), moment.getNano());
    }

    /** A file's time for a person. */
    static String show(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
                .toString();
    }
}
