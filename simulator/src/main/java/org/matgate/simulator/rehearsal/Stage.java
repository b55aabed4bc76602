package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.clock.BoxClockPlan;
import org.matgate.simulator.fault.FaultLog;
import org.matgate.simulator.fault.Happening.Kind;
import org.matgate.simulator.race.Course;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.race.StartGun;
import org.matgate.simulator.reader.WireLog;
import org.matgate.simulator.referee.BoxUsage;
import org.matgate.simulator.referee.CaseDirectory;
import org.matgate.simulator.referee.TruthGun;

/** Everything that a race needs: an engine, mats, and a box process for each timing point. Thread-safe once set up. */
final class Stage implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    /** So far ahead a box's clocks are told how they are to run: it looks every second, on a busy machine later. */
    private static final long CLOCKS_AHEAD_NANOS = 4_000_000_000L;

    /** A box or mat that is not back by then is no reason to wait for it any more. */
    private static final long SETTLING_NANOS = 30_000_000_000L;

    private final Scenario scenario;
    private final CaseDirectory directory;
    private final SimClock clock;
    private final FaultLog faults;
    private final EngineHost engine;
    private final EngineLines lines;
    private final Mats mats;
    private final StartGuns guns;
    private final Map<String, BoxProcess> boxes = new LinkedHashMap<>();
    private final Map<String, BoxClockPlan> clocks = new LinkedHashMap<>();
    /** How many troubles each box and mat is in. */
    private final Map<String, Integer> troubles = new ConcurrentHashMap<>();

    /** Since when each box and mat is not what it should be, CLOCK_MONOTONIC; of the one thread that asks. */
    private final Map<String, Long> amiss = new HashMap<>();

    private Stage(
            Scenario scenario,
            long seed,
            CaseDirectory directory,
            SimClock clock,
            FaultLog faults,
            EngineHost engine,
            Mats mats) {
        this.guns = new StartGuns(clock, seed);
        this.scenario = scenario;
        this.directory = directory;
        this.clock = clock;
        this.faults = faults;
        this.engine = engine;
        this.lines = new EngineLines(scenario.faults());
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
        EngineHost engine = EngineHost.start(directory.engineDatabase(), scenario.plain(), clock);
        try {
            Mats mats = Mats.open(scenario, seed, speed, directory.directory(), clock, truth, faults);
            Stage stage = new Stage(scenario, seed, directory, clock, faults, engine, mats);
            try {
                stage.prepareBoxes(matgate, seed, speed);
                return stage;
            } catch (IOException | RuntimeException e) {
                stage.lines.close();
                mats.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private void prepareBoxes(List<String> matgate, long seed, double speed) throws IOException {
        OptionalInt baud = speed > 1 ? OptionalInt.of(MatMaker.UNPACED_BAUD) : OptionalInt.empty();
        for (String box : scenario.boxes()) {
            Path home = directory.box(box);
            Path config = BoxFiles.write(
                    home, box, scenario, baud, mats.addresses(), lines.to(engine.enroll(box), engine.address(), box));
            BoxClockPlan plan = new BoxClockPlan(scenario.clockOf(box), seed, clock::utcNanos, clock.monotonicNanos());
            directory.clock(box).write(plan.lines());
            clocks.put(box, plan);
            boxes.put(box, new BoxProcess(box, matgate, config, home.resolve("output.txt"), clock, faults));
        }
    }

    /** Begins to play the race to the mats and to the boxes' clocks, which want to be told on, see {@link #tellClocks}. */
    void race(Course course, RaceClock race) throws IOException {
        clocks.values().forEach(plan -> plan.race(scenario.faults(), race, scenario.durationNanos()));
        tellClocks(race);
        mats.race(course, race);
    }

    /** Tells every box's clocks how they are to run, for as long as that is known; wants to be called every second. */
    void tellClocks(RaceClock race) throws IOException {
        boolean all = race.knownUntilNanos() == Long.MAX_VALUE;
        long until = all ? Long.MAX_VALUE : clock.monotonicNanos() + CLOCKS_AHEAD_NANOS;
        for (Map.Entry<String, BoxClockPlan> box : clocks.entrySet()) {
            if (box.getValue().goOn(until)) {
                directory.clock(box.getKey()).write(box.getValue().lines());
            }
        }
    }

    /** A box or a mat gets into trouble, which is meant to last, or out of it. */
    void troubled(String name, boolean now) {
        troubles.merge(name, now ? 1 : -1, (before, change) -> before + change == 0 ? null : before + change);
    }

    /** The boxes and mats that are in trouble and meant to be. */
    Set<String> troubled() {
        return Set.copyOf(troubles.keySet());
    }

    /** Whether a box or mat that should be well is not back yet, and not for too long. For one thread. */
    boolean unsettled() {
        long now = clock.monotonicNanos();
        Set<String> present = new HashSet<>(mats.notReading());
        present.addAll(notReady());
        present.removeAll(troubled());
        amiss.keySet().retainAll(present);
        present.forEach(name -> amiss.putIfAbsent(name, now));
        return amiss.values().stream().anyMatch(since -> now - since < SETTLING_NANOS);
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

    /** Whether the engine is there, and no line to it is in trouble. */
    boolean engineInReach() {
        return engine.running() && lines.well();
    }

    /** The lines to the engine that are to go wrong. */
    EngineLines lines() {
        return lines;
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
        lines.close();
        engine.close();
    }
}
