package org.matgate.simulator.race;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/** Reads a {@link Scenario} from TOML, and finds everything that is wrong with it. */
final class ScenarioReader {
    private static final double MOST_SECONDS = 7 * 86_400;

    private final ScenarioFile file;
    private final String text;

    ScenarioReader(String file, String text) {
        this.file = new ScenarioFile(file);
        this.text = text;
    }

    /** What {@code [race]} says. */
    private record Race(
            String name,
            long seed,
            Optional<LocalTime> clockZero,
            long durationNanos,
            TimeLimits limits,
            boolean plain,
            ChipShares chips) {
        static final Race NONE = new Race("", 0, Optional.empty(), 0, TimeLimits.NONE, false, ChipShares.USUAL);

        Scenario with(
                List<Distance> distances,
                List<TimingPoint> points,
                List<Mat> mats,
                FaultScript script,
                List<ClockTable> clocks,
                List<StartGun> guns,
                String text) {
            return new Scenario(
                    name,
                    seed,
                    clockZero,
                    durationNanos,
                    distances,
                    points,
                    mats,
                    List.of(),
                    script,
                    clocks,
                    guns,
                    limits,
                    plain,
                    text);
        }
    }

    Scenario read() throws ScenarioException {
        TomlSection root = root();
        Race race = root.section("race", "a table [race] with name, seed and duration")
                .map(this::race)
                .orElse(Race.NONE);
        List<Distance> distances =
                new DistanceReader(race.chips(), race.durationNanos(), names(root.sections("timing_point"))).read(root);
        List<TimingPoint> points = named(
                root,
                "timing_point",
                new PointReader(distances.stream().map(Distance::name).toList())::read,
                TimingPoint::name);
        List<Mat> mats = named(
                root,
                "mat",
                new MatReader(points.stream().map(TimingPoint::name).toList())::read,
                Mat::name);
        needed(root, distances, "distance");
        needed(root, points, "timing_point");
        needed(root, mats, "mat");
        Strikable strikable = Strikable.of(distances, points, mats, race.durationNanos());
        FaultScript script =
                new FaultScript(new FaultReader(strikable).read(root), new RandomFaultsReader(strikable).read(root));
        BoxTables tables = new BoxTables(strikable.boxes());
        List<ClockTable> clocks = tables.clocks(root);
        List<StartGun> guns = tables.guns(root, distances, race.durationNanos());
        file.refuse();
        return race.with(distances, points, mats, script, clocks, guns, text).withSeed(race.seed());
    }

    private TomlSection root() throws ScenarioException {
        TomlParseResult toml = Toml.parse(text);
        toml.errors()
                .forEach(error -> file.problem(
                        error.position().line(), error.position().column(), String.valueOf(error.getMessage())));
        file.refuse();
        return new TomlSection(file, "a scenario", toml, TomlPosition.positionAt(1, 1))
                .only("race", "distance", "wave", "timing_point", "mat", "fault", "random_faults", "clock", "gun");
    }

    private Race race(TomlSection section) {
        section.only(
                "name",
                "seed",
                "clock_zero",
                "duration",
                "chips",
                "median_error_stamping",
                "median_error_others",
                "gun_error",
                "plain");
        Optional<LocalTime> zero = section.has("clock_zero") ? clockZero(section) : Optional.empty();
        return new Race(
                section.text("name", "the race's name"),
                section.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE, "a whole number"),
                zero,
                section.span(
                        "duration", 0.1, MOST_SECONDS, "how long the race clock runs, in seconds or as \"5:00:00\""),
                BoxTables.limits(section),
                section.flag("plain", false),
                WaveReader.chips(section, ChipShares.USUAL));
    }

    private Optional<LocalTime> clockZero(TomlSection section) {
        String want = "the time of day at which the race clock is at 0, such as \"07:00:00\"";
        var nanos = Hours.nanos(section.text("clock_zero", want));
        if (nanos.isEmpty() || nanos.getAsLong() >= Hours.DAY_NANOS) {
            section.wrong("clock_zero", want);
            return Optional.empty();
        }
        file.clockZero(nanos.getAsLong());
        return Optional.of(LocalTime.ofNanoOfDay(nanos.getAsLong()));
    }

    private static void needed(TomlSection root, List<?> there, String key) {
        if (there.isEmpty() && !root.has(key)) {
            root.wrong(key, "at least one [[" + key + "]]");
        }
    }

    private static List<String> names(List<TomlSection> sections) {
        return sections.stream()
                .filter(section -> section.isTextAtAll("name"))
                .map(section -> section.text("name", ""))
                .toList();
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
}
