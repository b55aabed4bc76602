package org.matgate.simulator.rehearsal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.race.Mat;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.reader.WireLog;

/**
 * What a reader might have told and was not let: no referee misses it, so it counts against whoever told the reader.
 * Passes on the truth. Thread-safe.
 */
final class NotOffered implements WireLog {
    /** How long after a fault is over a box may take to bring the reader back to reading. */
    static final long RECOVERY_NANOS = 30_000_000_000L;

    /** The same for a reader that reads on by itself: only what made it forget what it was told is a reason to stop. */
    static final long SOON_NANOS = 15_000_000_000L;

    /** How far apart a fault and its effect may be on a busy machine. */
    private static final long LATE_NANOS = 1_000_000_000;

    private Scenario scenario;
    private final WireLog truth;
    /** Moments of CLOCK_MONOTONIC, by mat. */
    private final Map<String, List<Long>> ignored = new HashMap<>();

    private final Map<String, List<Long>> unheard = new HashMap<>();
    private RaceClock clock = RaceClock.realTime(0);

    NotOffered(Scenario scenario, WireLog truth) {
        this.scenario = scenario;
        this.truth = truth;
    }

    /** A race at these mats, by this clock; what was noted in an earlier one is forgotten. */
    synchronized void raceStarts(Scenario race, RaceClock itsClock) {
        scenario = race;
        ignored.clear();
        unheard.clear();
        clock = itsClock;
    }

    @Override
    public void offered(WireRead read, long sentMonotonicNanos, Fate fate) {
        truth.offered(read, sentMonotonicNanos, fate);
        if (fate == Fate.NOT_LISTENING) {
            note(unheard, read.reader(), sentMonotonicNanos);
        }
    }

    @Override
    public void ignored(String reader, long sightedMonotonicNanos) {
        note(ignored, reader, sightedMonotonicNanos);
    }

    private synchronized void note(Map<String, List<Long>> moments, String reader, long nanos) {
        moments.computeIfAbsent(reader, name -> new ArrayList<>()).add(nanos);
    }

    /** What went wrong with this mat, each for a person. */
    synchronized List<String> reasons(Mat mat) {
        List<String> reasons = new ArrayList<>();
        List<Long> untold = ignored.getOrDefault(mat.name(), List.of()).stream()
                .filter(moment -> scenario.faults().stream().noneMatch(fault -> keepsFromReading(fault, mat, moment)))
                .sorted()
                .toList();
        if (!untold.isEmpty()) {
            reasons.add("mat " + mat.name() + " was told not to read " + untold.size()
                    + " sightings, although nothing went wrong there at the time, from " + seconds(untold.getFirst())
                    + " to " + seconds(untold.getLast()) + " s after the race clock's start");
        }
        // A frame that comes so slowly that it is cut in two is not one that nobody heard any of.
        long toNobody = !keepsWhatNobodyHears(mat)
                ? 0
                : unheard.getOrDefault(mat.name(), List.of()).stream()
                        .filter(moment -> scenario.faults().stream()
                                .noneMatch(fault -> fault instanceof Fault.Dribble slow
                                        && slow.mat().equals(mat.name())
                                        && within(moment, slow.fromNanos(), slow.untilNanos(), LATE_NANOS)))
                        .count();
        if (toNobody > 0) {
            reasons.add("mat " + mat.name() + " was not told to keep " + toNobody + " reads that nobody heard");
        }
        return reasons;
    }

    private String seconds(long moment) {
        return String.format(Locale.ROOT, "%.1f", clock.raceNanos(moment) / 1e9);
    }

    /** A reader that goes on by itself, and keeps what it reads, whatever becomes of its cable and its box. */
    private static boolean keepsWhatNobodyHears(Mat mat) {
        return mat.family() == Mat.Family.LLRP;
    }

    private boolean keepsFromReading(Fault fault, Mat mat, long moment) {
        if (fault instanceof Fault.Stall stall) {
            return stall.box().equals(mat.timingPoint()) && stalledShortlyBefore(stall, moment);
        }
        long recovery = keepsWhatNobodyHears(mat) ? SOON_NANOS : RECOVERY_NANOS;
        return strikes(fault, mat) && within(moment, fault.fromNanos(), fault.untilNanos(), recovery);
    }

    /** A reader that has to be asked anew for each round waits for the box while it stalls. */
    private boolean stalledShortlyBefore(Fault.Stall stall, long moment) {
        long since = moment - clock.monotonicNanos(stall.fromNanos());
        return since >= 0
                && within(moment, stall.fromNanos(), stall.untilNanos(), LATE_NANOS)
                && since % stall.everyNanos() <= stall.lengthNanos() + LATE_NANOS;
    }

    /**
     * Whether it was then, by the wall.
     *
     * @param moment on CLOCK_MONOTONIC
     * @param fromNanos on the race clock, as {@code untilNanos}
     * @param afterwardsNanos how much later it may still be
     */
    private boolean within(long moment, long fromNanos, long untilNanos, long afterwardsNanos) {
        long until = clock.monotonicNanos(untilNanos);
        return clock.monotonicNanos(fromNanos) - LATE_NANOS <= moment
                && (until == RaceClock.NOT_YET || moment <= until + afterwardsNanos);
    }

    private static boolean strikes(Fault fault, Mat mat) {
        boolean needsTheBox = !keepsWhatNobodyHears(mat);
        return switch (fault) {
            case Fault.Noise noise -> noise.mat().equals(mat.name());
            case Fault.Unplugged unplugged -> needsTheBox && unplugged.mat().equals(mat.name());
            case Fault.Kill kill -> needsTheBox && kill.box().equals(mat.timingPoint());
            case Fault.EngineAway away -> false;
            case Fault.Reboot reboot -> reboot.mat().equals(mat.name());
            case Fault.Hang hang -> hang.mat().equals(mat.name());
            case Fault.AntennaCut cut -> cut.mat().equals(mat.name());
            case Fault.TooHot hot -> hot.mat().equals(mat.name());
            case Fault.MemoryFull full -> needsTheBox && full.mat().equals(mat.name());
            case Fault.Dribble slow -> needsTheBox && slow.mat().equals(mat.name());
            case Fault.Boot boot -> needsTheBox && boot.box().equals(mat.timingPoint());
            case Fault.Stall stall -> false;
            case Fault.ClockSync clock -> false;
            case Fault.ClockLost clock -> false;
            case Fault.ClockStep clock -> false;
            case Fault.ClockSlew clock -> false;
            case Fault.OfEngineLine line -> false;
            case Fault.OfRunners runners -> false;
        };
    }
}
