package org.matgate.simulator.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** How a time is written. In nanoseconds it counts from 1970 where it has a date; what has no zone counts as UTC. */
enum TimeForm {
    /** {@code 12.25}, whatever they count from. */
    SECONDS,
    /** {@code 07:31:00.25}. */
    TIME_OF_DAY,
    /** {@code 2026-02-15T07:31:00.25}. */
    WITHOUT_ZONE,
    /** {@code 2026-02-15T07:31:00.25Z}, {@code 2026-02-15 12:31:00.25+05:00}. */
    WITH_ZONE;

    static final long DAY_NANOS = 86_400_000_000_000L;

    /** What a person is told of a time that is none. */
    static final String EXAMPLES = "2026-02-15T07:31:00.25Z, 07:31:00.25, or seconds";

    /** A time that is longer is none; without a bound a hostile one would be looked at for minutes. */
    private static final int LONGEST = 40;

    /** Until the year 2103: the time between any two still fits into nanoseconds. */
    private static final long MOST_SECONDS = 4_200_000_000L;

    private static final Pattern SECONDS_ONLY = Pattern.compile("-?\\d{1,10}(\\.\\d{1,9})?");
    private static final Pattern CLOCK_ONLY = Pattern.compile("\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?");
    private static final Pattern ZONE_AT_END = Pattern.compile("([zZ]|:\\d{2}(\\.\\d{1,9})?[+-]\\d{2}(:?\\d{2})?)$");

    /** That of a text which may be a time. */
    static TimeForm of(String text) {
        if (text.length() > LONGEST) {
            throw none(text);
        }
        if (SECONDS_ONLY.matcher(text).matches()) {
            return SECONDS;
        }
        if (CLOCK_ONLY.matcher(text).matches()) {
            return TIME_OF_DAY;
        }
        return ZONE_AT_END.matcher(text).find() ? WITH_ZONE : WITHOUT_ZONE;
    }

    /** Whether it says a date. */
    boolean dated() {
        return this == WITHOUT_ZONE || this == WITH_ZONE;
    }

    /**
     * A time of this form.
     *
     * @throws IllegalArgumentException if it is none, or too far away
     */
    long nanos(String text) {
        String iso = text.replace(' ', 'T');
        try {
            return switch (this) {
                case SECONDS -> near(seconds(text), text);
                case TIME_OF_DAY -> LocalTime.parse(text).toNanoOfDay();
                case WITHOUT_ZONE -> nanos(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC), text);
                case WITH_ZONE ->
                    nanos(
                            OffsetDateTime.parse(iso.replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2"))
                                    .toInstant(),
                            text);
            };
        } catch (DateTimeException e) {
            throw none(text);
        }
    }

    private static IllegalArgumentException none(String text) {
        return new IllegalArgumentException("the time '" + text + "': want such as " + EXAMPLES);
    }

    private static long seconds(String text) {
        return new BigDecimal(text)
                .movePointRight(9)
                .setScale(0, RoundingMode.HALF_UP)
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .max(BigDecimal.valueOf(-Long.MAX_VALUE))
                .longValueExact();
    }

    private static long nanos(Instant moment, String text) {
        long seconds = Math.clamp(moment.getEpochSecond(), -2 * MOST_SECONDS, 2 * MOST_SECONDS);
        return near(seconds * 1_000_000_000L + moment.getNano(), text);
    }

    /**
     * A time that can be reckoned with.
     *
     * @throws IllegalArgumentException if it is too far away
     */
    static long near(long nanos, String text) {
        if (nanos < -MOST_SECONDS * 1_000_000_000L || nanos > MOST_SECONDS * 1_000_000_000L) {
            throw new IllegalArgumentException("the time '" + text + "' is too far away: want 1840 to 2100, or up to "
                    + MOST_SECONDS + " seconds");
        }
        return nanos;
    }

    /** As a file of this form would have it. */
    String show(long nanos) {
        Instant moment =
                Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
        return switch (this) {
            case SECONDS -> BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString() + " s";
            case TIME_OF_DAY ->
                DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.ofNanoOfDay(Math.floorMod(nanos, DAY_NANOS)));
            case WITHOUT_ZONE ->
                DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(LocalDateTime.ofInstant(moment, ZoneOffset.UTC));
            case WITH_ZONE -> moment.toString();
        };
    }
}
