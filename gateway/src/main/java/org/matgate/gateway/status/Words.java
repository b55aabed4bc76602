package org.matgate.gateway.status;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.matgate.protocol.stream.Event.ClockSource;

/** Numbers as people read them. */
public final class Words {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Words() {}

    /** A duration of nanoseconds in at most two units, such as {@code 0.4 s}, {@code 12 s} or {@code 3 h 7 min}. */
    public static String duration(long nanos) {
        long seconds = nanos / 1_000_000_000L;
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
        }
        if (seconds < 100) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        return hours < 48 ? hours + " h " + minutes % 60 + " min" : hours / 24 + " days " + hours % 24 + " h";
    }

    /** A small duration of nanoseconds with one decimal place, in ms or s. */
    public static String millis(long nanos) {
        return Math.abs(nanos) < 10_000_000_000L
                ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    /** A count with thousands set apart. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A size in MB or GB, powers of ten. */
    public static String bytes(long bytes) {
        return bytes < 10_000_000_000L
                ? String.format(Locale.ROOT, "%,d MB", bytes / 1_000_000)
                : String.format(Locale.ROOT, "%,d GB", bytes / 1_000_000_000);
    }

    /** A moment in UTC, to the second. */
    public static String utc(long nanosSince1970) {
        return TIME.format(instant(nanosSince1970));
    }

    /** A moment in UTC as ISO 8601 has it. */
    public static String iso(long nanosSince1970) {
        return instant(nanosSince1970).toString();
    }

    private static Instant instant(long nanosSince1970) {
        return Instant.ofEpochSecond(
                Math.floorDiv(nanosSince1970, 1_000_000_000L), Math.floorMod(nanosSince1970, 1_000_000_000L));
    }

    /** Who vouches for a clock. */
    public static String source(ClockSource source) {
        return switch (source) {
            case NONE -> "nobody";
            case KERNEL -> "the kernel's time daemon";
            case CHRONY -> "chrony";
            case ENGINE -> "the engine's clock";
            case CREW -> "the crew's anchor";
        };
    }
}
