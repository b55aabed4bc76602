package org.matgate.simulator.rehearsal;

import java.util.List;
import org.matgate.simulator.race.RaceClock;

/**
 * Lets a race clock run as fast as the boxes, their lines and the engine can follow, and no faster than was asked for:
 * slower while something lags, faster again by and by. It never runs slower than real time, which is what mats and boxes
 * are made for. Not thread-safe.
 */
final class Pace {
    /** How often it is to be asked to go on. */
    static final long STEP_NANOS = 50_000_000;

    /** So far ahead of now the clock is known, so that nobody waits for it. */
    static final long AHEAD_NANOS = 250_000_000;

    /** Of what may lag: with less than this share the race gets faster. */
    private static final double EASY = 0.5;

    /** Of what may lag: with more than this share it gets slower at once. */
    private static final double HEAVY = 3;

    /** Half as fast again each second. */
    private static final double FASTER = 1.02;

    private static final double SMALL = 0.05;

    private static final double SLOWER = 0.8;
    private static final double MUCH_SLOWER = 0.5;

    /** What got slower has to show before it gets slower again. */
    private static final int STEPS_TO_SHOW = 6;

    private final RaceClock clock;
    private final double speed;
    private final List<Stretch> stretches;
    private double rate = 1;
    /** The same, changed less often. */
    private double told = 1;

    private int stepsToShow;

    /**
     * @param clock to be continued
     * @param speed seconds of the race a second at most, at least 1
     * @param stretches where it is not to be so fast
     */
    Pace(RaceClock clock, double speed, List<Stretch> stretches) {
        if (!(speed >= 1)) {
            throw new IllegalArgumentException("speed " + speed + "; want 1 or more");
        }
        this.clock = clock;
        this.speed = speed;
        this.stretches = List.copyOf(stretches);
    }

    /** Lets the clock go on to a little ahead of now; where it was not known in time it stands still. */
    void goOn(long nowNanos, Lag lag) {
        heed(lag);
        clock.goOn(nowNanos, 0);
        long until = nowNanos + AHEAD_NANOS;
        while (clock.knownUntilNanos() < until) {
            goOn(until);
        }
    }

    private void heed(Lag lag) {
        double share = lag.share();
        stepsToShow--;
        if (lag.unsettled()) {
            rate = 1;
        } else if (share > HEAVY && stepsToShow <= 0) {
            slower(MUCH_SLOWER);
        } else if (share > 1 && stepsToShow <= 0) {
            slower(SLOWER);
        } else if (share < EASY) {
            rate = Math.min(speed, rate * FASTER);
        }
    }

    /** Small changes are none, so that the clock has few pieces. */
    private double rate() {
        if (rate == 1 || rate == speed || Math.abs(rate / told - 1) > SMALL) {
            told = rate;
        }
        return told;
    }

    private void slower(double factor) {
        rate = Math.max(1, rate * factor);
        stepsToShow = STEPS_TO_SHOW;
    }

    /** One piece, which ends at the latest where another stretch begins or this one ends. */
    private void goOn(long untilNanos) {
        long from = clock.knownUntilNanos();
        long race = clock.raceNanos(from);
        double most = rate();
        long next = Long.MAX_VALUE;
        for (Stretch stretch : stretches) {
            if (stretch.holds(race)) {
                most = Math.min(most, stretch.most());
                next = Math.min(next, stretch.untilNanos());
            } else if (stretch.fromNanos() > race) {
                next = Math.min(next, stretch.fromNanos());
            }
        }
        boolean beforehand = stretches.stream().anyMatch(stretch -> stretch.most() <= 1 && stretch.holds(race));
        long there = next == Long.MAX_VALUE ? Long.MAX_VALUE : from + (long) Math.ceil((next - race) / most);
        clock.goOn(beforehand ? there : Math.min(there, untilNanos), most);
    }
}
