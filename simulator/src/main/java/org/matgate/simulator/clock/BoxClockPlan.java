package org.matgate.simulator.clock;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongUnaryOperator;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.race.ClockTable;

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
    private DisciplinedClock clock;

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
        this.clock = boot(nowMachineNanos, random.nextLong(BOOT_TAKES_NANOS, MOST_UP_NANOS));
        // Nobody knows yet how long until the race.
        lines.add(clock.runOn(driftPpb));
    }

    /** All lines so far, in the order of time. After the last one the clocks run on evenly. */
    public List<ClockLine> lines() {
        return List.copyOf(lines);
    }

    /**
     * Draws the race.
     *
     * @param faults of all boxes
     * @param startMachineNanos the race clock's start, later than the first line
     */
    public void race(List<Fault> faults, long startMachineNanos, long durationNanos) {
        TreeMap<Long, List<Runnable>> changes = new TreeMap<>();
        for (long at = 0; at <= durationNanos; at += WOBBLE_NANOS) {
            changes.put(startMachineNanos + at, new ArrayList<>());
        }
        for (Fault fault : faults) {
            if (fault instanceof Fault.OfBox ofBox && ofBox.box().equals(table.box())) {
                plan(ofBox, startMachineNanos, changes);
            }
        }
        while (!changes.isEmpty()) {
            Map.Entry<Long, List<Runnable>> now = changes.pollFirstEntry();
            clock.advance(now.getKey());
            now.getValue().forEach(Runnable::run);
            long wobble = Math.round(random.nextDouble(-1, 1) * table.wobblePpm() * 1000);
            lines.add(
                    changes.isEmpty()
                            ? clock.runOn(driftPpb + wobble)
                            : clock.run(changes.firstKey(), driftPpb, wobble, random));
        }
    }

    private void plan(Fault.OfBox fault, long start, Map<Long, List<Runnable>> changes) {
        long from = start + fault.fromNanos();
        switch (fault) {
            case Fault.ClockSync sync -> at(changes, from, () -> clock.synchronise(random));
            case Fault.ClockLost lost -> at(changes, from, () -> clock.lose());
            case Fault.ClockStep step -> at(changes, from, () -> clock.step(step.byNanos()));
            case Fault.ClockSlew slew -> {
                long ppb = Math.round(slew.ppm() * 1000);
                at(changes, from, () -> clock.slew(ppb));
                at(changes, start + slew.untilNanos(), () -> clock.slew(0));
            }
            case Fault.Boot boot -> {
                long on = start + boot.untilNanos() - BEFORE_START_NANOS;
                at(changes, on, () -> clock = boot(on, BOOT_TAKES_NANOS));
            }
            case Fault.Kill kill -> {}
            case Fault.Stall stall -> {}
        }
    }

    private static void at(Map<Long, List<Runnable>> changes, long machineNanos, Runnable change) {
        changes.computeIfAbsent(machineNanos, at -> new ArrayList<>()).add(change);
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
