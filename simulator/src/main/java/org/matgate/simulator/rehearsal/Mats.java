package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.matgate.protocol.ipico.IpicoTag;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.fault.Cable;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.fault.FaultLog;
import org.matgate.simulator.fault.LineNoise;
import org.matgate.simulator.field.Inventory;
import org.matgate.simulator.field.SteadySightings;
import org.matgate.simulator.link.Pty;
import org.matgate.simulator.link.ReaderEnd;
import org.matgate.simulator.link.TcpLink;
import org.matgate.simulator.race.Crossing;
import org.matgate.simulator.race.Mat;
import org.matgate.simulator.race.Mat.Family;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.reader.ChafonOptions;
import org.matgate.simulator.reader.InventedSightings;
import org.matgate.simulator.reader.IpicoOptions;
import org.matgate.simulator.reader.LlrpOptions;
import org.matgate.simulator.reader.MercuryOptions;
import org.matgate.simulator.reader.Mishap;
import org.matgate.simulator.reader.R2000Options;
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
    private final NotOffered notOffered;
    private final Map<String, SimulatedMat> mats = new LinkedHashMap<>();
    private final Map<String, LineNoise> noises = new HashMap<>();
    private final Map<String, Cable> cables = new HashMap<>();

    private Mats(Scenario scenario, long seed, WireLog truth) {
        this.scenario = scenario;
        this.seed = seed;
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
        Mats mats = new Mats(scenario, seed, truth);
        try {
            for (Mat mat : scenario.mats()) {
                mats.open(mat, directory, clock, mats.notOffered, faults);
            }
            return mats;
        } catch (IOException | RuntimeException e) {
            mats.close();
            throw e;
        }
    }

    private void open(Mat mat, Path directory, SimClock clock, WireLog truth, FaultLog faults) throws IOException {
        LineNoise noise = new LineNoise(
                noiseAt(scenario, mat.name()), seed * 31 + mat.name().hashCode(), faults);
        noises.put(mat.name(), noise);
        ReaderEnd end = end(mat, directory, clock);
        SimulatedMat opened = switch (mat.family()) {
            case MERCURY ->
                SimulatedMat.mercury(
                        mat.name(),
                        end,
                        clock,
                        truth,
                        noise,
                        MercuryOptions.DEFAULT
                                .withPorts(mat.ports())
                                .withBaud(mat.baud().orElse(mat.family().usualBaud()))
                                .withDriftPpm(mat.clock().driftPpm()));
            case IPICO ->
                SimulatedMat.ipico(
                        mat.name(),
                        end,
                        clock,
                        truth,
                        noise,
                        IpicoOptions.DEFAULT
                                .withBaud(mat.baud().orElse(mat.family().usualBaud()))
                                .withClockOffsetNanos(mat.clock().offsetNanos())
                                .withDriftPpm(mat.clock().driftPpm()));
            case R2000 ->
                SimulatedMat.r2000(
                        mat.name(),
                        end,
                        clock,
                        truth,
                        noise,
                        R2000Options.DEFAULT
                                .withPorts(mat.ports())
                                .withBaud(mat.baud().orElse(mat.family().usualBaud())));
            case CHAFON ->
                SimulatedMat.chafon(
                        mat.name(),
                        end,
                        clock,
                        truth,
                        noise,
                        ChafonOptions.DEFAULT
                                .withPorts(mat.ports())
                                .withBaud(mat.baud().orElse(mat.family().usualBaud())));
            case LLRP -> SimulatedMat.llrp(mat.name(), end, clock, truth, noise, llrp(mat));
        };
        mats.put(mat.name(), opened);
    }

    private static List<Fault.Noise> noiseAt(Scenario scenario, String mat) {
        return scenario.faults().stream()
                .filter(Fault.Noise.class::isInstance)
                .map(Fault.Noise.class::cast)
                .filter(noise -> noise.mat().equals(mat))
                .toList();
    }

    private static LlrpOptions llrp(Mat mat) {
        return LlrpOptions.DEFAULT
                .withAntennas(mat.ports())
                .withClockOffsetNanos(mat.clock().offsetNanos())
                .withDriftPpm(mat.clock().driftPpm());
    }

    private ReaderEnd end(Mat mat, Path directory, SimClock clock) throws IOException {
        boolean pulled = scenario.faults().stream().anyMatch(fault -> switch (fault) {
            case Fault.Unplugged unplugged -> unplugged.mat().equals(mat.name());
            case Fault.Reboot reboot -> mat.onNetwork() && reboot.mat().equals(mat.name());
            default -> false;
        });
        return switch (mat.connection()) {
            case SERIAL -> {
                // A pseudo-terminal gets another name each time: after a pulled cable, and after a kill, as one that a
                // killed process held exclusively opens for nobody but root.
                Optional<Path> link = Optional.of(directory.resolve("tty-" + mat.name()));
                yield pulled ? cable(mat, () -> Pty.open(link)) : Pty.open(link);
            }
            case TCP -> {
                TcpLink first = listen(mat, loopback(0), clock);
                if (!pulled) {
                    yield first;
                }
                InetSocketAddress address = loopback(first.port());
                // Not let go before the cable is pulled: another program could take the port.
                Deque<TcpLink> plugged = new ArrayDeque<>(List.of(first));
                yield cable(mat, () -> plugged.isEmpty() ? listen(mat, address, clock) : plugged.remove());
            }
        };
    }

    private static TcpLink listen(Mat mat, InetSocketAddress address, SimClock clock) throws IOException {
        return mat.family() == Mat.Family.LLRP
                ? TcpLink.listenForOne(address, llrp(mat).refusal(clock))
                : TcpLink.listen(address);
    }

    private Cable cable(Mat mat, Cable.Plug plug) throws IOException {
        Cable cable = new Cable(plug);
        cables.put(mat.name(), cable);
        return cable;
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
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

    /** Lets every mat see the race, which starts at this moment of CLOCK_MONOTONIC. */
    void race(List<Crossing> crossings, long raceStartNanos) {
        race(scenario, seed, crossings, raceStartNanos);
    }

    /**
     * Lets every mat see another race, which starts at this moment of CLOCK_MONOTONIC.
     *
     * @param race at the same mats, with its own faults; a cable can be pulled only if one was to be at the opening
     */
    public void race(Scenario race, long raceSeed, List<Crossing> crossings, long raceStartNanos) {
        noises.forEach((mat, noise) -> noise.raceStarts(raceStartNanos, noiseAt(race, mat)));
        notOffered.raceStarts(race, raceStartNanos);
        for (Mat mat : race.mats()) {
            Iterator<Sighting> runners = Inventory.sightings(mat, crossings, raceSeed, raceStartNanos)
                    .iterator();
            long endNanos = raceStartNanos + race.durationNanos();
            mat(mat.name())
                    .play(
                            mat.steadyReadsPerSecond() > 0
                                    ? steady(mat, raceSeed, runners, raceStartNanos, endNanos)
                                    : runners);
        }
    }

    private static Iterator<Sighting> steady(
            Mat mat, long seed, Iterator<Sighting> runners, long raceStartNanos, long endNanos) {
        Iterator<Sighting> lying = new InventedSightings(
                seed + mat.name().hashCode(),
                raceStartNanos,
                mat.steadyReadsPerSecond(),
                LYING_CHIPS,
                mat.family() == Family.IPICO ? IpicoTag.CHIP_BYTES : EPC_BYTES,
                mat.ports(),
                () -> true);
        return new SteadySightings(runners, lying, endNanos);
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
