package org.matgate.simulator.referee;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Properties;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.matgate.simulator.clock.BootClock;
import org.matgate.simulator.clock.ClockFile;
import org.matgate.simulator.fault.Happening;
import org.matgate.simulator.race.Course;
import org.matgate.simulator.race.Mat;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.race.ScenarioException;

/**
 * The directory in which a rehearsal leaves all that a referee needs.
 *
 * <table>
 * <caption>Files</caption>
 * <tr><td>scenario.toml</td><td>the scenario</td></tr>
 * <tr><td>rehearsal.properties</td><td>seed, version, the speed that was asked for</td></tr>
 * <tr><td>truth.csv</td><td>every read that was put on the wire</td></tr>
 * <tr><td>guns.csv</td><td>every start gun that was fired</td></tr>
 * <tr><td>failures.txt</td><td>what went wrong that nothing else here shows, a line each</td></tr>
 * <tr><td>raceclock.csv</td><td>how the race clock ran: pieces on CLOCK_MONOTONIC, each with its rate</td></tr>
 * <tr><td>faults.csv</td><td>what truly happened, and when</td></tr>
 * <tr><td>runners.csv, crossings.csv, lingerings.csv</td><td>who was entered, and how the race truly went</td></tr>
 * <tr><td>usage.csv</td><td>what the boxes used, as far as the system told</td></tr>
 * <tr><td>engine.db</td><td>what the engine holds</td></tr>
 * <tr><td>boxes/NAME/clock.txt</td><td>what each box's clocks showed</td></tr>
 * <tr><td>boxes/NAME/data/journal.db</td><td>what each box holds</td></tr>
 * </table>
 */
public record CaseDirectory(Path directory) {
    private static final String FAILURES = "failures.txt";
    private static final String FAULT_COLUMNS = "monotonic_nanos,kind,subject,detail";
    private static final String RACE_CLOCK_COLUMNS = "race_nanos,monotonic_nanos,rate";
    private static final String GUN_COLUMNS = "box,monotonic_nanos,utc_nanos,told_monotonic_nanos";

    /** The engine's database. */
    public Path engineDatabase() {
        return directory.resolve("engine.db");
    }

    /** The directory of one box, with its {@code matgate.toml}. */
    public Path box(String name) {
        return directory.resolve("boxes").resolve(name);
    }

    /** What a box's clocks are told to show. */
    public ClockFile clock(String box) {
        return new ClockFile(box(box).resolve("clock.txt"));
    }

    /** How many events the journals of these boxes hold now, while they may be running. */
    public long eventsInBoxes(List<String> boxes) throws IOException {
        long events = 0;
        for (String box : boxes) {
            events += Tables.eventsInJournals(journal(box));
        }
        return events;
    }

    /** How many events the engine holds now, while it may be running. */
    public long eventsInEngine() throws IOException {
        return Tables.eventsInEngine(engineDatabase());
    }

    /** How many reads the engine holds now, while it may be running. */
    public long readsInEngine() throws IOException {
        return Tables.reads(engineDatabase());
    }

    /** How the race clock ran; to be written down when the race is over. */
    public void write(RaceClock clock) throws IOException {
        Csv.write(
                directory.resolve("raceclock.csv"),
                RACE_CLOCK_COLUMNS,
                clock.pieces().stream().map(piece -> List.of(piece.raceNanos(), piece.monotonicNanos(), piece.rate())));
    }

    /** The file in which a box keeps its journals. */
    public Path journal(String box) {
        return box(box).resolve("data").resolve("journal.db");
    }

    /** Writes down what is known beforehand. */
    public void begin(Scenario scenario, long seed, double speed, String version) throws IOException {
        Files.writeString(directory.resolve("scenario.toml"), scenario.text());
        Properties properties = new Properties();
        properties.setProperty("seed", Long.toString(seed));
        properties.setProperty("version", version);
        properties.setProperty("speed", Double.toString(speed));
        try (Writer out = Files.newBufferedWriter(directory.resolve("rehearsal.properties"))) {
            properties.store(out, null);
        }
    }

    /** Writes down what happened. */
    public void end(List<TruthRead> truth, List<Happening> happenings, List<TruthGun> guns) throws IOException {
        new TruthFile(directory.resolve("truth.csv")).write(truth);
        Csv.write(
                directory.resolve("faults.csv"),
                FAULT_COLUMNS,
                happenings.stream().map(h -> List.of(h.monotonicNanos(), h.kind(), h.subject(), h.detail())));
        Csv.write(
                directory.resolve("guns.csv"),
                GUN_COLUMNS,
                guns.stream()
                        .map(gun ->
                                List.of(gun.box(), gun.monotonicNanos(), gun.utcNanos(), gun.toldMonotonicNanos())));
    }

    /** Writes down what went wrong that the rest of the evidence does not show. */
    public void failed(List<String> failures) throws IOException {
        Files.write(directory.resolve(FAILURES), failures);
    }

    /** What was written down by {@link #failed}; none if nothing was. */
    public List<String> failures() throws IOException {
        Path file = directory.resolve(FAILURES);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** Writes down how the race truly goes. */
    public void course(Course course) throws IOException {
        new CourseFiles(directory).write(course);
    }

    /** Writes down what the boxes used. */
    public void used(List<BoxUsage> usage) throws IOException {
        new RaceFiles(directory).write(usage);
    }

    /**
     * Reads everything.
     *
     * @throws IOException if something is missing or damaged; the message says what
     */
    public Evidence evidence() throws IOException {
        Scenario scenario = scenario();
        Properties properties = new Properties();
        Path about = directory.resolve("rehearsal.properties");
        long seed;
        double speed;
        try (Reader in = Files.newBufferedReader(about)) {
            properties.load(in);
            seed = Long.parseLong(properties.getProperty("seed", "0"));
            speed = Double.parseDouble(properties.getProperty("speed", "1"));
        } catch (IllegalArgumentException e) {
            throw new IOException(about + ": " + e.getMessage(), e);
        }
        List<TruthRead> truth = new TruthFile(directory.resolve("truth.csv")).read();
        return evidence(
                scenario,
                seed,
                properties.getProperty("version", "unknown"),
                truth,
                Csv.read(directory.resolve("faults.csv"), FAULT_COLUMNS, CaseDirectory::happening),
                Csv.read(directory.resolve("guns.csv"), GUN_COLUMNS, CaseDirectory::gun),
                new RaceFiles(directory).read(scenario, speed, truth),
                Marks.NONE);
    }

    /**
     * Reads what engine and boxes hold, also while they run.
     *
     * @param marks what they hold up to them is left out, as belonging to earlier races
     * @throws IOException if something is missing or damaged; the message says what
     */
    public Evidence evidence(
            Scenario scenario,
            long seed,
            String version,
            List<TruthRead> truth,
            List<Happening> happenings,
            List<TruthGun> guns,
            RaceRecord race,
            Marks marks)
            throws IOException {
        SequencedMap<String, String> boxOfMat = new LinkedHashMap<>();
        for (Mat mat : scenario.mats()) {
            boxOfMat.put(mat.name(), mat.timingPoint());
        }
        SequencedMap<String, List<BootClock>> clocks = new LinkedHashMap<>();
        for (String box : scenario.boxes()) {
            clocks.put(box, clock(box).boots());
        }
        EngineRecords engine = EngineRecords.read(
                engineDatabase(), clocks.values().stream().flatMap(List::stream).toList(), marks);
        List<HeldRead> boxes = new ArrayList<>();
        for (String box : scenario.boxes()) {
            boxes.addAll(BoxJournal.reads(journal(box), engine.times(), marks));
        }
        return new Evidence(
                scenario.name(),
                seed,
                version,
                boxOfMat,
                truth,
                happenings,
                engine.reads(),
                engine.gaps(),
                boxes,
                times(scenario, guns, clocks, engine),
                race);
    }

    private Scenario scenario() throws IOException {
        Path file = directory.resolve("scenario.toml");
        try {
            return Scenario.parse(file.toString(), Files.readString(file));
        } catch (ScenarioException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static TimeEvidence times(
            Scenario scenario,
            List<TruthGun> guns,
            SequencedMap<String, List<BootClock>> clocks,
            EngineRecords engine) {
        List<BoxBoot> boots = new ArrayList<>();
        clocks.forEach((box, ofBox) -> {
            for (int i = 0; i < ofBox.size(); i++) {
                UUID boot = ofBox.get(i).bootId();
                boots.add(new BoxBoot(
                        box,
                        boot,
                        ofBox.get(i).fromMachineNanos(),
                        i + 1 < ofBox.size() ? ofBox.get(i + 1).fromMachineNanos() : Long.MAX_VALUE,
                        engine.times().vouchers(boot)));
            }
        });
        return new TimeEvidence(
                names(scenario, mat -> mat.family().stamps()),
                names(scenario, mat -> !mat.onNetwork()),
                scenario.limits(),
                guns,
                engine.guns(),
                boots);
    }

    private static Set<String> names(Scenario scenario, Predicate<Mat> which) {
        return scenario.mats().stream().filter(which).map(Mat::name).collect(Collectors.toSet());
    }

    private static TruthGun gun(List<String> v) {
        return new TruthGun(v.get(0), Long.parseLong(v.get(1)), Long.parseLong(v.get(2)), Long.parseLong(v.get(3)));
    }

    private static Happening happening(List<String> v) {
        return new Happening(Long.parseLong(v.get(0)), Happening.Kind.valueOf(v.get(1)), v.get(2), v.get(3));
    }
}
