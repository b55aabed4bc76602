package org.matgate.simulator.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.clock.BoxClockPlan;
import org.matgate.simulator.fault.FaultLog;
import org.matgate.simulator.fault.Happening;
import org.matgate.simulator.link.FailingLine;
import org.matgate.simulator.race.Course;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.referee.CaseDirectory;
import org.matgate.simulator.referee.TruthLog;
import org.matgate.simulator.rehearsal.BoxFiles;
import org.matgate.simulator.rehearsal.BoxProcess;
import org.matgate.simulator.rehearsal.EngineAccess;
import org.matgate.simulator.rehearsal.Mats;
import org.matgate.simulator.rehearsal.RehearsalException;
import org.matgate.simulator.torture.Blow.Kind;

/**
 * What lives through many cycles: two mats, a box's process, an engine's process and the line between them. Thread-safe
 * once opened, but for {@link #happenings}.
 */
final class Arena implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 50;

    private final Scenario scenario;
    /** What the engine asks of the box. */
    private static final String TOKEN = "torture";

    private final CaseDirectory directory;
    private final SimClock clock;
    private final TruthLog truth;
    private final FaultLog faults = new FaultLog();
    private final EngineProcess engine;
    private final FailingLine line;
    private final Mats mats;
    private final BoxClockPlan clocks;
    private final BoxProcess box;
    private final Optional<SmallDisk> disk;
    private final Optional<ReadOnlyDisk> readOnly;
    private List<Happening> before = List.of();

    private Arena(
            Scenario scenario,
            CaseDirectory directory,
            List<String> matgate,
            SimClock clock,
            Optional<SmallDisk> disk,
            Optional<Path> library)
            throws IOException {
        this.disk = disk;
        this.scenario = scenario;
        this.directory = directory;
        this.clock = clock;
        truth = new TruthLog(clock);
        String name = scenario.timingPoints().getFirst().name();
        Path home = Files.createDirectories(directory.box(name));
        engine = new EngineProcess(
                directory.engineDatabase(), TOKEN, directory.directory().resolve("engine-output.txt"), clock, faults);
        line = new FailingLine(engine::address);
        mats = Mats.open(scenario, scenario.seed(), directory.directory(), clock, truth, faults);
        Path config = BoxFiles.write(
                home, name, scenario, mats.addresses(), new EngineAccess(line.address(), Optional.empty(), TOKEN));
        clocks = new BoxClockPlan(scenario.clockOf(name), scenario.seed(), clock::utcNanos, clock.monotonicNanos());
        directory.clock(name).write(clocks.lines());
        Path data = Files.createDirectories(home.resolve("data"));
        readOnly = library.map(compiled -> new ReadOnlyDisk(compiled, data, home.resolve("read-only")));
        List<String> command = readOnly.isPresent() ? readOnly.get().under(matgate) : matgate;
        // As a service is started, also while a cable is out.
        box = new BoxProcess(
                name, command, config, List.of("--wait-for-ports"), home.resolve("output.txt"), clock, faults);
    }

    /**
     * Sets it up in an empty directory; no process runs yet.
     *
     * @param smallDisk whether the box's data is to lie on a disk of its own that can be filled
     * @param library with which its disk can be made read-only
     */
    static Arena open(
            Scenario scenario,
            Path directory,
            List<String> matgate,
            SimClock clock,
            boolean smallDisk,
            Optional<Path> library)
            throws IOException, InterruptedException {
        CaseDirectory place = new CaseDirectory(directory);
        Path data = place.journal(scenario.timingPoints().getFirst().name()).getParent();
        if (!smallDisk || data == null) {
            return new Arena(scenario, place, matgate, clock, Optional.empty(), library);
        }
        SmallDisk disk = SmallDisk.mount(data);
        try {
            return new Arena(scenario, place, matgate, clock, Optional.of(disk), library);
        } catch (IOException | RuntimeException e) {
            disk.close();
            throw e;
        }
    }

    /** Starts engine and box, and waits until every mat is read. */
    void start() throws IOException, InterruptedException, RehearsalException {
        engine.start();
        box.start();
        awaitReading();
    }

    /** Waits until the box is ready and reads every mat. */
    void awaitReading() throws InterruptedException, RehearsalException {
        if (!box.awaitReady(READY_LIMIT)) {
            throw new RehearsalException("box " + box.box() + " has not become ready within " + READY_LIMIT.toSeconds()
                    + " s; it said last:\n  " + String.join("\n  ", box.lastLines()));
        }
        long deadline = clock.monotonicNanos() + READY_LIMIT.toNanos();
        while (!mats.notReading().isEmpty()) {
            if (!box.isAlive() || clock.monotonicNanos() > deadline) {
                throw new RehearsalException("nobody reads " + String.join(", ", mats.notReading()) + "; the box said"
                        + " last:\n  " + String.join("\n  ", box.lastLines()));
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Begins a cycle at a moment of CLOCK_MONOTONIC: mats see the chips, and the box's clocks run as its faults say. */
    void race(Scenario cycle, long startNanos) throws IOException {
        clocks.race(cycle.faults(), startNanos, cycle.durationNanos());
        directory.clock(box.box()).write(clocks.lines());
        mats.race(cycle, cycle.seed(), Course.NOBODY, RaceClock.realTime(startNanos));
    }

    Scenario scenario() {
        return scenario;
    }

    CaseDirectory directory() {
        return directory;
    }

    TruthLog truth() {
        return truth;
    }

    FaultLog faults() {
        return faults;
    }

    /** What happened in this cycle, behind what happened in the one before: a box may tell late of a gap. Forgotten here. */
    List<Happening> happenings() {
        List<Happening> now = faults.take();
        List<Happening> both = Stream.concat(before.stream(), now.stream()).toList();
        before = now;
        return both;
    }

    EngineProcess engine() {
        return engine;
    }

    FailingLine line() {
        return line;
    }

    Mats mats() {
        return mats;
    }

    BoxProcess box() {
        return box;
    }

    /** The box's disk, if it has one of its own. */
    SmallDisk disk() {
        return disk.orElseThrow(() -> new IllegalStateException("the box has no disk of its own"));
    }

    /** What makes the box's disk read-only, if that can be done. */
    ReadOnlyDisk readOnlyDisk() {
        return readOnly.orElseThrow(() -> new IllegalStateException("the box's disk cannot be made read-only"));
    }

    /** What cannot be done here. */
    Set<Kind> impossible() {
        Set<Kind> impossible = EnumSet.noneOf(Kind.class);
        if (disk.isEmpty()) {
            impossible.add(Kind.DISK_FULL);
        }
        if (readOnly.isEmpty()) {
            impossible.add(Kind.DISK_READ_ONLY);
        }
        return impossible;
    }

    /** Copies what lies on the box's own disk, which will not outlive this, beside it. Nobody may write to it. */
    void keepDisk() throws IOException {
        if (disk.isEmpty()) {
            return;
        }
        Path kept = Files.createDirectories(directory.box(box.box()).resolve("data-kept"));
        Path journal = journal();
        for (String suffix : List.of("", "-wal")) {
            Path file = journal.resolveSibling(journal.getFileName() + suffix);
            if (Files.exists(file)) {
                Files.copy(file, kept.resolve(file.getFileName()));
            }
        }
    }

    /** The box's journal. */
    Path journal() {
        return directory.journal(box.box());
    }

    /** Kills what still runs, and closes the rest. */
    @Override
    public void close() {
        box.close();
        engine.close();
        mats.close();
        line.close();
        disk.ifPresent(SmallDisk::close);
    }
}
