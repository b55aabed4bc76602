package org.matgate.simulator.rehearsal;

import java.util.Arrays;
import java.util.Locale;
import org.matgate.simulator.race.Course;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.RaceTime;
import org.matgate.simulator.race.Scenario;

/** How a race stands, in one line for a person. Not thread-safe. */
final class RaceStatus {
    private static final int BAR = 20;

    /** What the speed is reckoned over: long enough to be steady, short enough to tell how it is now. */
    private static final long RECENT_NANOS = 5_000_000_000L;

    /** What is left is reckoned over so long: the race stands and runs many times in it. */
    private static final long LONG_NANOS = 120_000_000_000L;

    private final RaceClock clock;
    private final long durationNanos;
    private final int runners;
    private final long[] finishes;
    private final boolean paced;
    private final RaceTime time;

    /** @param paced whether the race clock may run faster than real time */
    RaceStatus(Scenario scenario, Course course, RaceClock clock, boolean paced) {
        this.clock = clock;
        this.durationNanos = scenario.durationNanos();
        this.runners = course.runners().size();
        this.finishes = course.finishes().stream().mapToLong(Long::longValue).toArray();
        this.time = scenario.time();
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
                time.text(race),
                time.text(durationNanos),
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
        long start = clock.pieces().getFirst().monotonicNanos();
        double recent = speed(race, Math.max(start, nowNanos - RECENT_NANOS), nowNanos);
        return String.format(Locale.ROOT, "  speed %.1f", recent) + left(race, start, nowNanos);
    }

    /**
     * The speed goes up and down with what happens; what is left is reckoned with that of the whole race so far, or of a
     * long while, and only to what anybody plans by.
     */
    private String left(long race, long startNanos, long nowNanos) {
        if (nowNanos - startNanos < RECENT_NANOS) {
            return "";
        }
        double steady = speed(race, Math.max(startNanos, nowNanos - LONG_NANOS), nowNanos);
        if (steady <= 0) {
            return "";
        }
        double seconds = (durationNanos - race) / steady / 1e9;
        long step = seconds > 600 ? 60 : seconds > 60 ? 10 : 1;
        return ", about " + RaceTime.length(Math.round(seconds / step) * step * 1_000_000_000) + " left";
    }

    private double speed(long race, long sinceNanos, long nowNanos) {
        return (race - clock.raceNanos(sinceNanos)) / (double) Math.max(1, nowNanos - sinceNanos);
    }
}
