package org.matgate.simulator.clock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.race.ClockTable;
import org.matgate.simulator.race.RaceClock;

/**
 * Draws how the clocks of one box run through a race. The truth is this machine's CLOCK_MONOTONIC and the simulator's UTC.
 * The quartz drifts and wobbles; a time daemon that hears the time takes the drift out of CLOCK_MONOTONIC and of UTC, and
 * keeps UTC within what it claims; CLOCK_MONOTONIC_RAW it cannot touch. While a line says synchronised, UTC is within its
 * bound all along. The same seed gives the same clocks. Not thread-safe.
 */
public final class BoxClockPlan {
    /** How often the quartz changes its mind. */
    private static final long WOBBLE_NANOS = 4_000_000_000L;

    /** A box has been up for so long when its process starts after a power cut. */
    private static final long BOOT_TAKES_NANOS = 9_000_000_000L;

    /** The boot's first line holds a little before the process starts. */
    private static final long BEFORE_START_NANOS = 5_000_000;

    private static final long MOST_UP_NANOS = 3_600_000_000_000L;
    private static final double USUAL_DRIFT_PPB = 25_000;

    private final ClockTable table;
    private final SplittableRandom random;
    private final LongUnaryOperator utcOfMachine;
    private final List<ClockLine> lines = new ArrayList<>();
    private final long driftPpb;
    private final List<Change> changes = new ArrayList<>();
    private DisciplinedClock clock;
    private RaceClock raceClock;
    private long raceEndNanos;
    private long wobbleNanos;

    /**
     * Draws the box's first boot.
     *
     * @param utcOfMachine the true UTC, nanoseconds since 1970, of a moment of this machine's CLOCK_MONOTONIC
     * @param nowMachineNanos where the first line begins
     */
    public BoxClockPlan(ClockTable table, long seed, LongUnaryOperator utcOfMachine, long nowMachineNanos) {
        this.table = table;
        this.random = new SplittableRandom(seed * 31 + table.box().hashCode());
        this.utcOfMachine = utcOfMachine;
        long drawn = Math.round(random.nextDouble(-USUAL_DRIFT_PPB, USUAL_DRIFT_PPB));
        this.driftPpb = table.driftPpb().orElse(drawn);
        this.raceClock = RaceClock.realTime(nowMachineNanos);
        this.clock = boot(nowMachineNanos, random.nextLong(BOOT_TAKES_NANOS, MOST_UP_NANOS));
        // Nobody knows yet how long until the race.
        lines.add(clock.runOn(driftPpb));
    }

    /** All lines so far, in the order of time. After the last one the clocks run on evenly. */
    public List<ClockLine> lines() {
        return List.copyOf(lines);
    }

    /**
     * Draws a race in real time.
     *
     * @param faults of all boxes
     * @param startMachineNanos the race clock's start, later than the first line
     */
    public void race(List<Fault> faults, long startMachineNanos, long durationNanos) {
        race(faults, RaceClock.realTime(startMachineNanos), durationNanos);
        goOn(Long.MAX_VALUE);
    }

    /**
     * A race begins, of which nothing is drawn yet, see {@link #goOn}.
     *
     * @param faults of all boxes
     * @param race starts later than the first line
     */
    public void race(List<Fault> faults, RaceClock race, long durationNanos) {
        raceClock = race;
        raceEndNanos = durationNanos;
        wobbleNanos = race.pieces().getFirst().monotonicNanos();
        changes.clear();
        for (Fault fault : faults) {
            if (fault instanceof Fault.OfBox ofBox && ofBox.box().equals(table.box())) {
                plan(ofBox);
            }
        }
        changes.sort(Comparator.comparingLong(change -> change.raceNanos() - change.earlierNanos()));
    }

    /**
     * Draws on, as far as the race clock is known. What a box is to notice in time has to be known by then: it is told
     * beforehand.
     *
     * @param untilMachineNanos where the last line begins at the latest
     * @return whether there are more lines now
     */
    public boolean goOn(long untilMachineNanos) {
        int before = lines.size();
        for (long now = nextNanos(); now <= untilMachineNanos && now != RaceClock.NOT_YET; now = nextNanos()) {
            change(now);
        }
        return lines.size() > before;
    }

    /** When something changes next; {@link RaceClock#NOT_YET} if nothing does or that is not known. */
    private long nextNanos() {
        long wobble = wobbleNanos > raceClock.monotonicNanos(raceEndNanos) ? RaceClock.NOT_YET : wobbleNanos;
        return changes.isEmpty() ? wobble : Math.min(wobble, changes.getFirst().machineNanos(raceClock));
    }

    private void change(long nowMachineNanos) {
        clock.advance(nowMachineNanos);
        if (wobbleNanos == nowMachineNanos) {
            wobbleNanos += WOBBLE_NANOS;
        }
        while (!changes.isEmpty() && changes.getFirst().machineNanos(raceClock) == nowMachineNanos) {
            changes.removeFirst().happens().accept(nowMachineNanos);
        }
        long wobble = Math.round(random.nextDouble(-1, 1) * table.wobblePpm() * 1000);
        long next = nextNanos();
        lines.add(
                next == RaceClock.NOT_YET ? clock.runOn(driftPpb + wobble) : clock.run(next, driftPpb, wobble, random));
    }

    private void plan(Fault.OfBox fault) {
        long from = fault.fromNanos();
        switch (fault) {
            case Fault.ClockSync sync -> changes.add(new Change(from, 0, at -> clock.synchronise(random)));
            case Fault.ClockLost lost -> changes.add(new Change(from, 0, at -> clock.lose()));
            case Fault.ClockStep step -> changes.add(new Change(from, 0, at -> clock.step(step.byNanos())));
            case Fault.ClockSlew slew -> {
                long ppb = Math.round(slew.ppm() * 1000);
                changes.add(new Change(from, 0, at -> clock.slew(ppb)));
                changes.add(new Change(slew.untilNanos(), 0, at -> clock.slew(0)));
            }
            case Fault.Boot boot ->
                changes.add(
                        new Change(boot.untilNanos(), BEFORE_START_NANOS, at -> clock = boot(at, BOOT_TAKES_NANOS)));
            case Fault.Kill kill -> {}
            case Fault.Stall stall -> {}
        }
    }

    /**
     * Something that changes besides the quartz.
     *
     * @param earlierNanos so long before that, on the wall
     */
    private record Change(long raceNanos, long earlierNanos, LongConsumer happens) {
        long machineNanos(RaceClock clock) {
            long moment = clock.monotonicNanos(raceNanos);
            return moment == RaceClock.NOT_YET ? moment : moment - earlierNanos;
        }
    }

    private DisciplinedClock boot(long machineNanos, long upNanos) {
        UUID bootId =
                new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() & ~(3L << 62)) | (1L << 63));
        DisciplinedClock booted =
                new DisciplinedClock(bootId, machineNanos, upNanos, table.maxErrorNanos(), utcOfMachine);
        if (table.synchronised()) {
            booted.synchronise(random);
        } else {
            booted.set(table.startsUtcNanos().orElse(utcOfMachine.applyAsLong(machineNanos) + table.errorNanos()));
        }
        return booted;
    }
}
