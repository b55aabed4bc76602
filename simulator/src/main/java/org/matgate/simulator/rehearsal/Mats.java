package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.matgate.protocol.ipico.IpicoTag;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.fault.Cable;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.fault.FaultLog;
import org.matgate.simulator.fault.LineNoise;
import org.matgate.simulator.field.Inventory;
import org.matgate.simulator.field.SteadySightings;
import org.matgate.simulator.race.Course;
import org.matgate.simulator.race.Mat;
import org.matgate.simulator.race.Mat.Family;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.reader.InventedSightings;
import org.matgate.simulator.reader.Mishap;
import org.matgate.simulator.reader.RaceSighting;
import org.matgate.simulator.reader.Sighting;
import org.matgate.simulator.reader.SimulatedMat;
import org.matgate.simulator.reader.WireLog;

/** All mats of a race, each on a link of its own. Thread-safe once opened. */
public final class Mats implements AutoCloseable {
    /** Chips that lie within reach of a mat with steady reads. */
    private static final int LYING_CHIPS = 500;

    private static final int EPC_BYTES = 12;

    private final Scenario scenario;
    private final long seed;
    private final double speed;
    private final NotOffered notOffered;
    private final Map<String, SimulatedMat> mats = new LinkedHashMap<>();
    private final Map<String, LineNoise> noises = new HashMap<>();
    private final Map<String, Cable> cables = new HashMap<>();

    private Mats(Scenario scenario, long seed, double speed, WireLog truth) {
        this.scenario = scenario;
        this.seed = seed;
        this.speed = speed;
        this.notOffered = new NotOffered(scenario, truth);
    }

    /**
     * Opens them.
     *
     * @param directory where the links to serial devices are put
     */
    public static Mats open(
            Scenario scenario, long seed, Path directory, SimClock clock, WireLog truth, FaultLog faults)
            throws IOException {
        return open(scenario, seed, 1, directory, clock, truth, faults);
    }

    /**
     * Opens them for a race that may be faster than real time: then nothing paces their lines.
     *
     * @param speed seconds of the race a second at most, at least 1
     * @param directory where the links to serial devices are put
     */
    static Mats open(
            Scenario scenario, long seed, double speed, Path directory, SimClock clock, WireLog truth, FaultLog faults)
            throws IOException {
        Mats mats = new Mats(scenario, seed, speed, truth);
        MatMaker maker = new MatMaker(scenario, speed, directory, mats.cables);
        try {
            for (Mat mat : scenario.mats()) {
                mats.open(mat, maker, clock, mats.notOffered, faults);
            }
            return mats;
        } catch (IOException | RuntimeException e) {
            mats.close();
            throw e;
        }
    }

    private void open(Mat mat, MatMaker maker, SimClock clock, WireLog truth, FaultLog faults) throws IOException {
        LineNoise noise = new LineNoise(
                noiseAt(scenario, mat.name()), seed * 31 + mat.name().hashCode(), faults);
        noises.put(mat.name(), noise);
        SimulatedMat opened = maker.make(mat, clock, truth, noise);
        if (speed > 1) {
            opened.hurry();
        }
        mats.put(mat.name(), opened);
    }

    private static List<Fault.Noise> noiseAt(Scenario scenario, String mat) {
        return scenario.faults().stream()
                .filter(Fault.Noise.class::isInstance)
                .map(Fault.Noise.class::cast)
                .filter(noise -> noise.mat().equals(mat))
                .toList();
    }

    /** What the boxes open, by mat. */
    public Map<String, String> addresses() {
        Map<String, String> addresses = new HashMap<>();
        mats.forEach((name, mat) -> addresses.put(name, mat.address()));
        return addresses;
    }

    /** Mats at which a sighting would not reach anybody now. */
    public List<String> notReading() {
        return mats.values().stream()
                .filter(mat -> !mat.reading())
                .map(SimulatedMat::name)
                .toList();
    }

    /** Lets every mat see the race, by this clock. */
    void race(Course course, RaceClock clock) {
        race(scenario, seed, course, clock);
    }

    /**
     * Lets every mat see another race, by this clock.
     *
     * @param race at the same mats, with its own faults; a cable can be pulled only if one was to be at the opening
     */
    public void race(Scenario race, long raceSeed, Course course, RaceClock clock) {
        noises.forEach((mat, noise) -> noise.raceStarts(clock::raceNanos, noiseAt(race, mat)));
        notOffered.raceStarts(race, clock);
        for (Mat mat : race.mats()) {
            Iterator<RaceSighting> runners = Inventory.of(mat, course, raceSeed);
            Iterator<RaceSighting> all =
                    mat.steadyReadsPerSecond() > 0 ? steady(mat, raceSeed, runners, race.durationNanos()) : runners;
            mat(mat.name()).play(all, clock::monotonicNanos);
        }
    }

    private static Iterator<RaceSighting> steady(
            Mat mat, long seed, Iterator<RaceSighting> runners, long raceEndNanos) {
        Iterator<Sighting> lying = new InventedSightings(
                seed + mat.name().hashCode(),
                0,
                mat.steadyReadsPerSecond(),
                LYING_CHIPS,
                mat.family() == Family.IPICO ? IpicoTag.CHIP_BYTES : EPC_BYTES,
                mat.ports(),
                () -> true);
        return new SteadySightings(runners, RaceSighting.all(lying), raceEndNanos);
    }

    /** How late the latest mat is with what it is to see, nanoseconds; those that are in trouble do not count. */
    long lateNanos(Set<String> troubled) {
        return mats.values().stream()
                .filter(mat -> !troubled.contains(mat.name()))
                .mapToLong(SimulatedMat::lateNanos)
                .max()
                .orElse(0);
    }

    /** Whether every mat has put everything on the wire that it is going to. */
    public boolean idle() {
        return mats.values().stream().allMatch(SimulatedMat::idle);
    }

    /** Why the race was not put on the wire as it was to be: what never got there, no referee misses. */
    public List<String> shortcomings() {
        List<String> reasons = new ArrayList<>();
        for (Mat mat : scenario.mats()) {
            SimulatedMat reader = mat(mat.name());
            if (!reader.reading()) {
                reasons.add("nobody reads mat " + mat.name() + " at the end");
            }
            if (!reader.idle()) {
                reasons.add("mat " + mat.name() + " has not said all that it saw");
            }
            reasons.addAll(notOffered.reasons(mat));
        }
        return reasons;
    }

    /** Something goes wrong in a mat's reader, or is over again. */
    public void suffer(String mat, Mishap mishap) {
        mat(mat).suffer(mishap);
    }

    /** Whether the mat's connections end with its power. */
    public boolean onNetwork(String name) {
        return scenario.mats().stream().anyMatch(mat -> mat.name().equals(name) && mat.onNetwork());
    }

    /** The cable of a mat; only mats whose cable is to be pulled have one. */
    public Cable cable(String mat) {
        Cable cable = cables.get(mat);
        if (cable == null) {
            throw new IllegalArgumentException("the cable of " + mat + " cannot be pulled");
        }
        return cable;
    }

    private SimulatedMat mat(String name) {
        SimulatedMat mat = mats.get(name);
        if (mat == null) {
            throw new IllegalArgumentException("no mat " + name);
        }
        return mat;
    }

    @Override
    public void close() {
        new ArrayList<>(mats.values()).forEach(SimulatedMat::close);
    }
}
