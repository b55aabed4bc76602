package org.matgate.simulator.field;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.matgate.protocol.Chip;
import org.matgate.simulator.race.Crossing;
import org.matgate.simulator.race.Mat;
import org.matgate.simulator.race.Mat.Family;
import org.matgate.simulator.reader.Sighting;

/**
 * What one reader sees of the runners who cross its mat. The reader tells one chip apart at a time, so all that are in
 * view share its rate, and a crowd is read more thinly than a single runner.
 */
public final class Inventory {
    /** How long the reader stays on one antenna before it turns to the next. */
    private static final long ANTENNA_NANOS = 25_000_000;

    /** The backup line lies this far behind the main one. */
    private static final double BACKUP_METRES = 1.0;

    private final Mat mat;
    private final AntennaField field;
    private final SplittableRandom random;

    private Inventory(Mat mat, SplittableRandom random) {
        this.mat = mat;
        this.field = new AntennaField(mat.antennas().size());
        this.random = random;
    }

    /** A runner within reach of the mat; nanoseconds on the race clock. */
    private record Pass(Crossing crossing, long overMatNanos, long fromNanos, long untilNanos) {}

    /**
     * The sightings of one mat, in order. The same crossings and seed give the same sightings.
     *
     * @param crossings of any timing points
     * @param raceStartMonotonicNanos the race clock's start on CLOCK_MONOTONIC, to which sightings are moved
     */
    public static List<Sighting> sightings(Mat mat, List<Crossing> crossings, long seed, long raceStartMonotonicNanos) {
        // A mat's draws depend on its own name only, so that adding another mat changes nothing here.
        SplittableRandom random = new SplittableRandom(seed * 31 + mat.name().hashCode());
        return new Inventory(mat, random).run(crossings, raceStartMonotonicNanos);
    }

    private List<Sighting> run(List<Crossing> crossings, long raceStart) {
        List<Pass> passes = passes(crossings);
        List<Sighting> sightings = new ArrayList<>();
        List<Pass> inView = new ArrayList<>();
        double slot = 1e9 / mat.readsPerSecond();
        int next = 0;
        long now = passes.isEmpty() ? 0 : passes.getFirst().fromNanos();
        while (next < passes.size() || !inView.isEmpty()) {
            // Slots are not of one length: a chip that collides or answers late takes longer.
            now += Math.round(slot * random.nextDouble(0.7, 1.3));
            if (inView.isEmpty()) {
                now = Math.max(now, passes.get(next).fromNanos());
            }
            long moment = now;
            while (next < passes.size() && passes.get(next).fromNanos() <= moment) {
                inView.add(passes.get(next++));
            }
            inView.removeIf(pass -> pass.untilNanos() < moment);
            attempt(inView, moment, raceStart, sightings);
        }
        return sightings;
    }

    private List<Pass> passes(List<Crossing> crossings) {
        return crossings.stream()
                .filter(crossing -> crossing.timingPoint().equals(mat.timingPoint()))
                .map(this::pass)
                .sorted(Comparator.comparingLong(Pass::fromNanos))
                .toList();
    }

    private Pass pass(Crossing crossing) {
        double behind = switch (mat.line()) {
            case MAIN -> 0;
            case BACKUP -> BACKUP_METRES;
        };
        double nanosAMetre = 1e9 / crossing.metresPerSecond();
        long overMat = crossing.atNanos() + Math.round(behind * nanosAMetre);
        long reach = Math.round(AntennaField.REACH_METRES * nanosAMetre);
        // The race clock starts at 0: nobody is seen before it.
        return new Pass(crossing, overMat, Math.max(0, overMat - reach), overMat + reach);
    }

    private void attempt(List<Pass> inView, long moment, long raceStart, List<Sighting> sightings) {
        if (inView.isEmpty()) {
            return;
        }
        int antenna = (int) (moment / ANTENNA_NANOS % mat.antennas().size());
        Pass pass = inView.get(random.nextInt(inView.size()));
        double along = (moment - pass.overMatNanos()) / 1e9 * pass.crossing().metresPerSecond();
        double rssi = field.rssiDbm(antenna, pass.crossing().across(), along, random);
        if (random.nextDouble() < AntennaField.chance(rssi)) {
            sightings.add(new Sighting(
                    raceStart + moment, chip(pass.crossing()), mat.antennas().get(antenna), (int)
                            Math.round(rssi * 100)));
        }
    }

    private Chip chip(Crossing crossing) {
        return mat.family() == Family.IPICO
                ? crossing.runner().ipicoChip()
                : crossing.runner().uhfChip();
    }
}
