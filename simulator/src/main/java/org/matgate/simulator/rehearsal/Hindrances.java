package org.matgate.simulator.rehearsal;

import java.util.List;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.fault.Happening;
import org.matgate.simulator.fault.Happening.Kind;
import org.matgate.simulator.race.Mat;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.Scenario;

/**
 * What of all that goes wrong in a race explains that a reader does not tell of somebody.
 *
 * @param clock of the race
 * @param happenings so far
 */
record Hindrances(Scenario scenario, RaceClock clock, List<Happening> happenings) {
    /** How long after a fault is over a box may take to bring the reader back to reading. */
    static final long RECOVERY_NANOS = 30_000_000_000L;

    /** The same for a reader that reads on by itself: only what made it forget what it was told is a reason to stop. */
    static final long SOON_NANOS = 15_000_000_000L;

    /** How far apart a fault and its effect may be on a busy machine. */
    private static final long LATE_NANOS = 1_000_000_000;

    /** The simulator's terminal and a mat's are not stuck to the millisecond at once. */
    private static final long STUCK_MARGIN_NANOS = 50_000_000;

    /** A chip is gone some tenths of a second after it came, and a round takes as long. */
    private static final long SOON_STUCK_NANOS = 500_000_000;

    /** Of a reader's memory so much is to have been free as a fault began. */
    private static final double MOSTLY_FREE = 0.5;

    /** A reader that goes on by itself, and keeps what it reads, whatever becomes of its cable and its box. */
    static boolean keepsWhatNobodyHears(Mat mat) {
        return mat.family() == Mat.Family.LLRP;
    }

    /**
     * Whether something explains that it did not see who came then; moments are of CLOCK_MONOTONIC. One that has to be asked
     * for each round sees nobody while the question or its last answer lies in a stuck terminal.
     */
    boolean keepFromReading(Mat mat, long moment) {
        boolean asked = mat.family() == Mat.Family.R2000 || mat.family() == Mat.Family.CHAFON;
        return faultKeepsFromReading(mat, moment)
                || (asked && !mat.onNetwork() && terminalsStuck(moment, SOON_STUCK_NANOS));
    }

    /** The same of being asked for nothing: what its terminal held back then is not its box's doing. */
    boolean keepFromAsking(Mat mat, long moment) {
        return faultKeepsFromReading(mat, moment) || (!mat.onNetwork() && terminalsStuck(moment, STUCK_MARGIN_NANOS));
    }

    private boolean faultKeepsFromReading(Mat mat, long moment) {
        return scenario.faults().stream().anyMatch(fault -> keepsFromReading(fault, mat, moment));
    }

    /** Near a time in which they were stuck, and not further from it than it was long: a blip explains no second. */
    private boolean terminalsStuck(long moment, long mostAwayNanos) {
        long since = Long.MAX_VALUE;
        for (Happening happening : happenings) {
            if (happening.kind() == Kind.TERMINALS_STUCK) {
                since = happening.monotonicNanos();
            } else if (happening.kind() == Kind.TERMINALS_FREE) {
                long until = happening.monotonicNanos();
                long margin = Math.min(mostAwayNanos, until - since);
                if (since - margin <= moment && moment <= until + margin) {
                    return true;
                }
                since = Long.MAX_VALUE;
            }
        }
        return false;
    }

    /** Whether what it says comes slowly, so that a frame may be cut in two. */
    boolean dribbles(Mat mat, long moment) {
        return scenario.faults().stream()
                .anyMatch(fault -> fault instanceof Fault.Dribble slow
                        && slow.mat().equals(mat.name())
                        && within(moment, slow.fromNanos(), slow.untilNanos(), LATE_NANOS));
    }

    /**
     * Whether something explains that its memory was full: that it is said to be, that its line was slow or its terminal
     * stuck, or that nobody could fetch anything for so long that as many chips as it can tell apart would have filled it.
     *
     * @param memory how many reads it holds
     */
    boolean fillMemory(Mat mat, int memory, long moment) {
        return (!mat.onNetwork() && terminalsStuck(moment, SOON_STUCK_NANOS)) || faultFillsMemory(mat, memory, moment);
    }

    private boolean faultFillsMemory(Mat mat, int memory, long moment) {
        return scenario.faults().stream().anyMatch(fault -> switch (fault) {
            case Fault.MemoryFull full ->
                full.mat().equals(mat.name()) && within(moment, full.fromNanos(), full.untilNanos(), LATE_NANOS);
            case Fault.Dribble slow ->
                slow.mat().equals(mat.name()) && within(moment, slow.fromNanos(), slow.untilNanos(), SOON_NANOS);
            case Fault.Stall stall ->
                stall.box().equals(mat.timingPoint())
                        && stalledShortlyBefore(stall, moment)
                        && readsSince(clock.raceNanos(moment - sinceStall(stall, moment)), mat, moment)
                                >= MOSTLY_FREE * memory;
            default ->
                keepsTheHostAway(fault, mat)
                        && within(moment, fault.fromNanos(), fault.untilNanos(), RECOVERY_NANOS)
                        && readsSince(fault.fromNanos(), mat, moment) >= MOSTLY_FREE * memory;
        });
    }

    private static boolean keepsTheHostAway(Fault fault, Mat mat) {
        return switch (fault) {
            case Fault.Noise noise -> noise.mat().equals(mat.name());
            case Fault.Unplugged unplugged -> unplugged.mat().equals(mat.name());
            case Fault.Reboot reboot -> reboot.mat().equals(mat.name());
            case Fault.Hang hang -> hang.mat().equals(mat.name());
            case Fault.Kill kill -> kill.box().equals(mat.timingPoint());
            case Fault.Boot boot -> boot.box().equals(mat.timingPoint());
            default -> false;
        };
    }

    private double readsSince(long fromNanos, Mat mat, long moment) {
        double seconds = (clock.raceNanos(moment) - fromNanos + LATE_NANOS) / 1e9;
        return seconds * (mat.readsPerSecond() + mat.steadyReadsPerSecond());
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
        return moment >= clock.monotonicNanos(stall.fromNanos())
                && within(moment, stall.fromNanos(), stall.untilNanos(), LATE_NANOS)
                && sinceStall(stall, moment) <= stall.lengthNanos() + LATE_NANOS;
    }

    /** How long before that the last of its stalls began. */
    private long sinceStall(Fault.Stall stall, long moment) {
        return (moment - clock.monotonicNanos(stall.fromNanos())) % stall.everyNanos();
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
