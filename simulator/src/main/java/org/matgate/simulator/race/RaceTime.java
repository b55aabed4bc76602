package org.matgate.simulator.race;

import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * How moments of a race are told to people: as times of day where it is known when it starts, else by the race clock.
 *
 * @param zero the time of day at which the race clock is at 0
 */
public record RaceTime(Optional<LocalTime> zero) {
    /** By the race clock. */
    public static final RaceTime OF_CLOCK = new RaceTime(Optional.empty());

    /** A moment, nanoseconds after the race clock's start, to the second: {@code 09:05:30} of the day, else {@code 0:05:30}. */
    public String text(long raceNanos) {
        return zero.map(start -> start.plusNanos(raceNanos).truncatedTo(ChronoUnit.SECONDS))
                .map(DateTimeFormatter.ISO_LOCAL_TIME::format)
                .orElseGet(() -> length(raceNanos));
    }

    /** A length of time, to the second: {@code 0:05:30}. */
    public static String length(long nanos) {
        long seconds = nanos / 1_000_000_000;
        return String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
