package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.fault.FaultLog;
import org.matgate.simulator.fault.Happening.Kind;
import org.matgate.simulator.race.Course;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.race.StartGun;
import org.matgate.simulator.race.TimingPoint;
import org.matgate.simulator.reader.WireLog;
import org.matgate.simulator.referee.BoxUsage;
import org.matgate.simulator.referee.CaseDirectory;
import org.matgate.simulator.referee.TruthGun;

/** Everything that a race needs: an engine, mats, and a box process for each timing point. Thread-safe once set up. */
final class Stage implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private final Scenario scenario;
    private final CaseDirectory directory;
    private final SimClock clock;
    private final FaultLog faults;
    private final EngineHost engine;
    private final Mats mats;
    private final StartGuns guns;
    private final Map<String, BoxProcess> boxes = new LinkedHashMap<>();
    private final BoxClocks clocks;
    private final EngineLines engineLines;
    private final Troubled troubled = new Troubled();

    private Stage(
            Scenario scenario,
            long seed,
            CaseDirectory directory,
            SimClock clock,
            FaultLog faults,
            EngineHost engine,
            EngineLines engineLines,
            Mats mats) {
        this.guns = new StartGuns(clock, seed);
        this.scenario = scenario;
        this.directory = directory;
        this.clock = clock;
        this.faults = faults;
        this.engine = engine;
        this.engineLines = engineLines;
        this.clocks = new BoxClocks(directory, clock);
        this.mats = mats;
    }

    /** Opens engine and mats, and writes the boxes' files; no process is started yet. */
    static Stage setUp(
            Scenario scenario,
            long seed,
            double speed,
            CaseDirectory directory,
            List<String> matgate,
            SimClock clock,
            WireLog truth,
            FaultLog faults)
            throws IOException {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            EngineHost engine = EngineHost.start(directory.engineDatabase(), scenario.plain(), clock);
            opened.push(engine);
            EngineLines lines = EngineLines.open(scenario, engine.address(), clock, faults);
            opened.push(lines);
            Mats mats = Mats.open(scenario, seed, speed, directory.directory(), clock, truth, faults);
            opened.push(mats);
            Stage stage = new Stage(scenario, seed, directory, clock, faults, engine, lines, mats);
            stage.prepareBoxes(matgate, seed, speed);
            return stage;
        } catch (IOException | RuntimeException e) {
            for (AutoCloseable open : opened) {
                closeAfter(e, open);
            }
            throw e;
        }
    }

    private static void closeAfter(Exception failure, AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    private void prepareBoxes(List<String> matgate, long seed, double speed) throws IOException {
        OptionalInt baud = speed > 1 ? OptionalInt.of(MatMaker.UNPACED_BAUD) : OptionalInt.empty();
        for (TimingPoint point : scenario.timingPoints()) {
            String box = point.name();
            if (scenario.matsAt(box).isEmpty()) {
                continue;
            }
            Path home = directory.box(box);
            Path config = BoxFiles.write(
                    home, box, scenario, baud, mats.addresses(), engineLines.through(box, engine.enroll(box)));
            clocks.add(scenario, box, seed);
            boxes.put(box, new BoxProcess(box, matgate, config, home.resolve("output.txt"), clock, faults));
        }
    }

    /** Begins to play the race to the mats and to the boxes' clocks, which want to be told on, see {@link #clocks}. */
    void race(Course course, RaceClock race) throws IOException {
        clocks.race(scenario, race);
        mats.race(course, race);
    }

    BoxClocks clocks() {
        return clocks;
    }

    EngineLines engineLines() {
        return engineLines;
    }

    /** The boxes and mats that are in trouble and meant to be. */
    Troubled troubled() {
        return troubled;
    }

    /** Whether a box or mat that should be well is not back yet, and not for too long. For one thread. */
    boolean unsettled() {
        return troubled.settling(
                Stream.concat(mats.notReading().stream(), notReady().stream()).toList(), clock.monotonicNanos());
    }

    /** A gun goes off, or did at this moment of CLOCK_MONOTONIC. */
    void fire(StartGun gun, long monotonicNanos) throws IOException {
        guns.fire(gun, BoxFiles.pins(directory.box(gun.box())), monotonicNanos);
    }

    /** All guns that went off. */
    List<TruthGun> guns() {
        return guns.fired();
    }

    /** Starts every box's process. */
    void startBoxes() throws IOException, InterruptedException {
        for (BoxProcess box : boxes.values()) {
            box.start();
        }
    }

    /** Waits until every box is ready; {@code limit} is for all together. */
    void awaitReady(Duration limit) throws RehearsalException, InterruptedException {
        long deadline = clock.monotonicNanos() + limit.toNanos();
        for (BoxProcess box : boxes.values()) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - clock.monotonicNanos()));
            if (!box.awaitReady(left)) {
                throw new RehearsalException("box " + box.box() + " has not become ready within "
                        + limit.toSeconds() + " s; it said last:\n  "
                        + String.join("\n  ", box.lastLines()));
            }
        }
    }

    /** Checks that no box has ended by itself. */
    void requireRunning() throws RehearsalException {
        for (BoxProcess box : boxes.values()) {
            if (!box.isAlive()) {
                throw new RehearsalException("the process of box " + box.box() + " has ended; it said last:\n  "
                        + String.join("\n  ", box.lastLines()));
            }
        }
    }

    /** SIGTERM to every box; gives the names of those that did not end by themselves. */
    List<String> stopBoxes() throws InterruptedException {
        // In parallel, as each may have to deliver what it still holds.
        List<Thread> threads = boxes.values().stream()
                .map(box -> Thread.ofVirtual().start(() -> stop(box)))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        return boxes.values().stream()
                .filter(BoxProcess::wasForced)
                .map(BoxProcess::box)
                .toList();
    }

    private static void stop(BoxProcess box) {
        try {
            box.terminate(STOP_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stopEngine() throws IOException {
        engine.stop();
        faults.add(clock.monotonicNanos(), Kind.ENGINE_STOPPED, "engine", "");
    }

    void startEngine() throws IOException {
        engine.restart();
        faults.add(clock.monotonicNanos(), Kind.ENGINE_STARTED, "engine", "");
    }

    /** Whether the engine is there. */
    boolean engineRuns() {
        return engine.running();
    }

    /** How many reads the engine has stored. */
    long readsInEngine() {
        return engine.reads();
    }

    Mats mats() {
        return mats;
    }

    BoxProcess box(String name) {
        BoxProcess box = boxes.get(name);
        if (box == null) {
            throw new IllegalArgumentException("no box " + name);
        }
        return box;
    }

    /** What each box has used, for a person. */
    List<String> usage() {
        return boxes.values().stream()
                .flatMap(box ->
                        box
                                .usage()
                                .map(used -> "box " + box.box() + ": "
                                        + used.text(scenario.matsAt(box.box()).size()))
                                .stream())
                .toList();
    }

    /** Boxes that take no reads now. */
    List<String> notReady() {
        return boxes.values().stream()
                .filter(box -> !box.isReady())
                .map(BoxProcess::box)
                .toList();
    }

    /** The same as numbers. */
    List<BoxUsage> used() {
        return boxes.values().stream()
                .flatMap(box -> box
                        .usage()
                        .map(used -> new BoxUsage(
                                box.box(), used.cpu().toNanos(), used.lived().toNanos(), used.peakKiB()))
                        .stream())
                .toList();
    }

    /** The names of all boxes. */
    List<String> boxes() {
        return List.copyOf(boxes.keySet());
    }

    /** Kills what still runs, and closes the rest. */
    @Override
    public void close() throws IOException {
        boxes.values().forEach(BoxProcess::close);
        mats.close();
        engineLines.close();
        engine.close();
    }
}
