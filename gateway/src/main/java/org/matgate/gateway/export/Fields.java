package org.matgate.gateway.export;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Source;

/** What formats have in common. */
final class Fields {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Fields() {}

    /** UTC as ISO 8601 has it, always with nine digits behind the point. */
    static String iso(long utcNanos) {
        return ISO.format(Instant.ofEpochSecond(
                Math.floorDiv(utcNanos, 1_000_000_000L), Math.floorMod(utcNanos, 1_000_000_000L)));
    }

    /** A constant's name as files have it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** In dBm with two places, from hundredths; without a detour through floating point. */
    static String dbm(OptionalInt centi) {
        if (centi.isEmpty()) {
            return "";
        }
        int value = Math.abs(centi.getAsInt());
        int rest = value % 100;
        return (centi.getAsInt() < 0 ? "-" : "") + value / 100 + (rest < 10 ? ".0" : ".") + rest;
    }

    /** The reader that an event tells of. */
    static @Nullable Source reader(Event event) {
        return switch (event) {
            case Event.TagRead read -> read.source();
            case Event.ReaderState state -> state.reader();
            case Event.AntennaState state -> state.reader();
            case Event.Gun unused -> null;
            case Event.Mark unused -> null;
            case Event.ClockState unused -> null;
            case Event.BoxState unused -> null;
            case Event.Unknown unused -> null;
        };
    }

    /** Where it happened; empty where it was at no timing point. */
    static String timingPoint(Event event) {
        Source reader = reader(event);
        return switch (event) {
            case Event.Gun gun -> gun.timingPoint();
            case Event.Mark mark -> mark.timingPoint();
            default -> reader == null ? "" : reader.timingPoint();
        };
    }
}
