package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.matgate.protocol.stream.Source.Line;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.race.Mat.Family;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/** Reads a {@link Scenario} from TOML, and finds everything that is wrong with it. */
final class ScenarioReader {
    private static final int MOST_RUNNERS = 100_000;
    private static final double MOST_METRES = 200_000;
    private static final double USUAL_STARTS_PER_SECOND = 20;

    private final String file;
    private final String text;
    private final List<String> problems = new ArrayList<>();

    ScenarioReader(String file, String text) {
        this.file = file;
        this.text = text;
    }

    Scenario read() throws ScenarioException {
        TomlParseResult toml = Toml.parse(text);
        toml.errors()
                .forEach(error -> problems.add(file + ":" + error.position().line() + ":"
                        + error.position().column() + ": " + error.getMessage()));
        refuse();
        TomlSection root = new TomlSection(file, problems, "a scenario", toml, TomlPosition.positionAt(1, 1))
                .only("race", "distance", "timing_point", "mat", "fault", "clock", "gun");
        String name = "";
        long seed = 0;
        long duration = 0;
        TimeLimits limits = TimeLimits.NONE;
        boolean plain = false;
        var race = root.section("race", "a table [race] with name, seed and duration");
        if (race.isPresent()) {
            TomlSection section = race.get()
                    .only(
                            "name",
                            "seed",
                            "duration",
                            "median_error_stamping",
                            "median_error_others",
                            "gun_error",
                            "plain");
            plain = section.flag("plain", false);
            limits = BoxTables.limits(section);
            name = section.text("name", "the race's name");
            seed = section.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE, "a whole number");
            duration = section.seconds("duration", "36.0");
        }
        List<Distance> distances =
                root.sections("distance").stream().map(this::distance).toList();
        List<TimingPoint> points = named(root, "timing_point", this::timingPoint, TimingPoint::name);
        List<Mat> mats = named(
                root,
                "mat",
                section -> mat(section, points.stream().map(TimingPoint::name).toList()),
                Mat::name);
        List<String> boxes = points.stream()
                .map(TimingPoint::name)
                .filter(box -> mats.stream().anyMatch(mat -> mat.timingPoint().equals(box)))
                .toList();
        FaultReader faultReader = new FaultReader(mats.stream().map(Mat::name).toList(), boxes, duration);
        List<Fault> faults = root.sections("fault").stream()
                .flatMap(section -> faultReader.read(section).stream())
                .toList();
        BoxTables tables = new BoxTables(boxes);
        List<ClockTable> clocks = tables.clocks(root);
        List<StartGun> guns = tables.guns(root, distances, duration);
        needed(root, distances, "distance");
        needed(root, points, "timing_point");
        needed(root, mats, "mat");
        refuse();
        return new Scenario(name, seed, duration, distances, points, mats, faults, clocks, guns, limits, plain, text);
    }

    private static void needed(TomlSection root, List<?> there, String key) {
        if (there.isEmpty() && !root.has(key)) {
            root.wrong(key, "at least one [[" + key + "]]");
        }
    }

    private void refuse() throws ScenarioException {
        if (!problems.isEmpty()) {
            throw new ScenarioException(problems);
        }
    }

    private static <T> List<T> named(
            TomlSection root, String key, Function<TomlSection, T> reader, Function<T, String> name) {
        List<T> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (TomlSection section : root.sections(key)) {
            T one = reader.apply(section);
            if (!names.add(name.apply(one)) && !name.apply(one).isEmpty()) {
                section.wrong("name", "a name that no other [[" + key + "]] has");
            }
            all.add(one);
        }
        return all;
    }

    private Distance distance(TomlSection section) {
        section.only("name", "gun", "length", "runners", "starts_per_second", "finish");
        return new Distance(
                section.text("name", "the distance's name, such as \"10 km\""),
                section.seconds("gun", "1.0"),
                section.number("length", 1, MOST_METRES, "metres from 1 to 200000, such as 10000"),
                (int) section.whole("runners", 1, MOST_RUNNERS, "how many start, 1 to " + MOST_RUNNERS),
                section.optionalNumber("starts_per_second", 0.1, 1000, "runners a second, 0.1 to 1000")
                        .orElse(USUAL_STARTS_PER_SECOND),
                finish(section));
    }

    private static FinishTimes finish(TomlSection distance) {
        String want = "chip times in seconds: { mean = 3600, sd = 600 } or { min = 1800, median = 3300 }";
        double most = 86_400;
        var inner = distance.section("finish", want);
        if (inner.isEmpty()) {
            return new FinishTimes.Normal(1, 0);
        }
        TomlSection section = inner.get();
        if (section.has("mean")) {
            section.only("mean", "sd");
            double mean = section.number("mean", 1, most, "seconds, at least 1");
            return new FinishTimes.Normal(
                    mean,
                    section.number(
                            "sd",
                            0,
                            mean / 4,
                            "seconds, at most a quarter of the mean, so that all times are above 0"));
        }
        section.only("min", "median");
        double min = section.number("min", 1, most, "seconds, at least 1, with a median; or give mean and sd");
        return new FinishTimes.Skewed(min, section.number("median", min, most, "seconds, at least min"));
    }

    private TimingPoint timingPoint(TomlSection section) {
        section.only("name", "at");
        String name = section.name("name", "finish");
        boolean finish = section.isText("at", "finish");
        return new TimingPoint(
                name,
                finish
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(section.number(
                                "at", 0, MOST_METRES, "metres from the start, or \"finish\" for each distance's end")));
    }

    private Mat mat(TomlSection section, List<String> points) {
        section.only(
                "name",
                "timing_point",
                "line",
                "family",
                "antennas",
                "reads_per_second",
                "connection",
                "baud",
                "clock_offset",
                "drift_ppm",
                "steady_reads");
        Family family = section.oneOf("family", Family.class).orElse(Family.MERCURY);
        return new Mat(
                section.name("name", "finish-main"),
                section.reference("timing_point", points),
                section.has("line") ? section.oneOf("line", Line.class).orElse(Line.MAIN) : Line.MAIN,
                family,
                section.has("antennas")
                        ? section.numbers("antennas", 1, 16, "antenna numbers from 1 to 16, such as [1, 2, 3, 4]")
                        : IntStream.rangeClosed(1, family.usualAntennas())
                                .boxed()
                                .toList(),
                section.optionalNumber("reads_per_second", 1, 2000, "1 to 2000").orElse(family.usualReadsPerSecond()),
                connection(section, family),
                section.has("baud")
                        ? OptionalInt.of((int) section.whole("baud", 300, 4_000_000, "a rate, such as 115200"))
                        : OptionalInt.empty(),
                clock(section),
                section.optionalNumber("steady_reads", 0, 2000, "reads a second, 0 to 2000")
                        .orElse(0));
    }

    private static Mat.Connection connection(TomlSection section, Family family) {
        if (!section.has("connection")) {
            return family.usualConnection();
        }
        Mat.Connection connection =
                section.oneOf("connection", Mat.Connection.class).orElse(family.usualConnection());
        if (!family.can(connection)) {
            section.wrong("connection", "one that readers of this family have");
        }
        return connection;
    }

    private static Mat.Clock clock(TomlSection section) {
        double offset =
                section.optionalNumber("clock_offset", -1e9, 1e9, "seconds").orElse(0);
        double drift = section.optionalNumber("drift_ppm", -1000, 1000, "millionths, -1000 to 1000")
                .orElse(0);
        return new Mat.Clock(Math.round(offset * 1e9), drift);
    }
}
