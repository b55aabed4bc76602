package org.matgate.simulator.rehearsal;

import java.util.ArrayList;
import java.util.List;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.race.StartGun;

/**
 * A part of the race for which the race clock may run no faster than this, as a box needs seconds of the wall for what
 * happens there, however fast the race is: to find out that a cable is out, to connect again, to hear of a new clock.
 *
 * @param fromNanos on the race clock
 * @param untilNanos on the race clock
 * @param most seconds of the race a second, at least 1; at 1 the whole stretch is told beforehand
 */
record Stretch(long fromNanos, long untilNanos, double most) {
    /** What lasts is to last so long at least on the wall, unless it does not even in the race. */
    static final long LEAST_NANOS = 10_000_000_000L;

    /** What is told to a box's clock beforehand is told so long before. */
    static final long BEFORE_CLOCK_NANOS = 6_000_000_000L;

    /** A kill destroys what is on its way; not more than in real time. */
    private static final long BEFORE_KILL_NANOS = 1_000_000_000L;

    /** Two guns at a box may not come closer than its lock-out, nor a gun with its pulse to anything else. */
    private static final long AROUND_GUN_NANOS = 2_000_000_000L;

    /** Those of a race, in no order; some may overlap. */
    static List<Stretch> of(Scenario race) {
        List<Stretch> stretches = new ArrayList<>();
        race.faults().forEach(fault -> add(stretches, fault));
        for (StartGun gun : race.guns()) {
            stretches.add(
                    inRealTime(gun.atNanos() - AROUND_GUN_NANOS, gun.atNanos() + gun.pulseNanos() + AROUND_GUN_NANOS));
        }
        return List.copyOf(stretches);
    }

    private static void add(List<Stretch> stretches, Fault fault) {
        long from = fault.fromNanos();
        switch (fault) {
            case Fault.OfMat ofMat -> stretches.add(lasting(from, ofMat.untilNanos()));
            case Fault.EngineAway away -> stretches.add(lasting(from, away.untilNanos()));
            case Fault.OfEngineLine line -> stretches.add(lasting(from, line.untilNanos()));
            case Fault.Kill kill -> stretches.add(inRealTime(from - BEFORE_KILL_NANOS, from));
            case Fault.ClockSync sync -> stretches.add(ofClock(from));
            case Fault.ClockLost lost -> stretches.add(ofClock(from));
            case Fault.ClockStep step -> stretches.add(ofClock(from));
            case Fault.ClockSlew slew -> {
                stretches.add(ofClock(from));
                stretches.add(ofClock(slew.untilNanos()));
            }
            case Fault.Boot boot -> {
                stretches.add(inRealTime(from - BEFORE_KILL_NANOS, from));
                stretches.add(lasting(from, boot.untilNanos()));
                stretches.add(ofClock(boot.untilNanos()));
            }
            case Fault.Stall stall -> {
                // Its own times are of the wall.
            }
            case Fault.OfRunners runners -> {
                // They run by the race clock.
            }
        }
    }

    private static Stretch lasting(long fromNanos, long untilNanos) {
        return new Stretch(fromNanos, untilNanos, Math.max(1, (untilNanos - fromNanos) / (double) LEAST_NANOS));
    }

    private static Stretch ofClock(long atNanos) {
        return inRealTime(atNanos - BEFORE_CLOCK_NANOS, atNanos + LEAST_NANOS);
    }

    private static Stretch inRealTime(long fromNanos, long untilNanos) {
        return new Stretch(fromNanos, untilNanos, 1);
    }

    boolean holds(long raceNanos) {
        return fromNanos <= raceNanos && raceNanos < untilNanos;
    }
}
