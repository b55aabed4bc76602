package org.matgate.simulator.rehearsal;

import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.matgate.simulator.race.Course;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.Scenario;

/** How a race stands, in one line for a person. Not thread-safe. */
final class RaceStatus {
    private static final int BAR = 20;

    /** What the speed is reckoned over: long enough to be steady, short enough to tell how it is now. */
    private static final long RECENT_NANOS = 5_000_000_000L;

    private final RaceClock clock;
    private final long durationNanos;
    private final int runners;
    private final long[] finishes;
    private final boolean paced;
    private final Optional<LocalTime> clockZero;

    /** @param paced whether the race clock may run faster than real time */
    RaceStatus(Scenario scenario, Course course, RaceClock clock, boolean paced) {
        this.clock = clock;
        this.durationNanos = scenario.durationNanos();
        this.runners = course.runners().size();
        this.finishes = course.finishes().stream().mapToLong(Long::longValue).toArray();
        this.clockZero = scenario.clockZero();
        this.paced = paced;
    }

    /** The line at a moment of CLOCK_MONOTONIC. */
    String line(long nowNanos, long offered, long delivered) {
        long race = Math.clamp(clock.raceNanos(nowNanos), 0, durationNanos);
        int before = Arrays.binarySearch(finishes, race + 1);
        int finished = before < 0 ? -before - 1 : before;
        return String.format(
                Locale.ROOT,
                "%s of %s %s  finished %d of %d  reads offered %d, delivered %d%s",
                clock(race),
                clock(durationNanos),
                bar(race),
                finished,
                runners,
                offered,
                delivered,
                paced ? pace(race, nowNanos) : "");
    }

    private String bar(long race) {
        int done = (int) (BAR * race / Math.max(1, durationNanos));
        return "[" + "#".repeat(done) + ".".repeat(BAR - done) + "]";
    }

    private String pace(long race, long nowNanos) {
        long since = Math.max(clock.pieces().getFirst().monotonicNanos(), nowNanos - RECENT_NANOS);
        double recent = (race - clock.raceNanos(since)) / (double) Math.max(1, nowNanos - since);
        return String.format(Locale.ROOT, "  speed %.1f", recent)
                + (recent > 0 ? ", " + time(Math.round((durationNanos - race) / recent)) + " left" : "");
    }

    /** The time of day, where that is told. */
    private String clock(long raceNanos) {
        return clockZero
                .map(zero -> zero.plusNanos(raceNanos).truncatedTo(ChronoUnit.SECONDS))
                .map(DateTimeFormatter.ISO_LOCAL_TIME::format)
                .orElse(time(raceNanos));
    }

    private static String time(long nanos) {
        long seconds = nanos / 1_000_000_000;
        return String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
