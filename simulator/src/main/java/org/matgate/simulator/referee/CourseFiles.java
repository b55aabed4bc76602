package org.matgate.simulator.referee;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.matgate.protocol.Chip;
import org.matgate.simulator.race.ChipCondition;
import org.matgate.simulator.race.Course;
import org.matgate.simulator.race.Crossing;
import org.matgate.simulator.race.Lingering;
import org.matgate.simulator.race.Person;
import org.matgate.simulator.race.Runner;
import org.matgate.simulator.race.Runner.Status;
import org.matgate.simulator.race.Scenario;

/** A course as files: who was entered, and how it truly went. */
record CourseFiles(Path directory) {
    private static final String RUNNER_COLUMNS =
            "bib,team,leg,distance,wave,person,uhf_chip,ipico_chip,chip_condition,status,gun_nanos,start_nanos,finish_nanos";
    private static final String CROSSING_COLUMNS =
            "bib,timing_point,pass,extra,at_nanos,metres_per_second,across,stands_nanos";
    private static final String LINGERING_COLUMNS = "timing_point,uhf_chip,ipico_chip,bib,chip_condition,from_nanos,"
            + "until_nanos,metres_per_second,nearest_metres,across";

    private Path runners() {
        return directory.resolve("runners.csv");
    }

    private Path crossings() {
        return directory.resolve("crossings.csv");
    }

    private Path lingerings() {
        return directory.resolve("lingerings.csv");
    }

    void write(Course course) throws IOException {
        Csv.write(runners(), RUNNER_COLUMNS, course.runners().stream().map(CourseFiles::row));
        Csv.write(
                crossings(),
                CROSSING_COLUMNS,
                course.crossings().stream()
                        .map(c -> List.of(
                                c.runner().bib(),
                                c.timingPoint(),
                                c.pass(),
                                c.extra(),
                                c.atNanos(),
                                c.metresPerSecond(),
                                c.across(),
                                c.standsNanos())));
        Csv.write(
                lingerings(),
                LINGERING_COLUMNS,
                course.lingerings().stream()
                        .map(l -> List.of(
                                l.timingPoint(),
                                l.uhfChip(),
                                l.ipicoChip(),
                                l.bib().isPresent() ? l.bib().getAsInt() : "",
                                l.chipCondition(),
                                l.fromNanos(),
                                l.untilNanos(),
                                l.metresPerSecond(),
                                l.nearestMetres(),
                                l.across())));
    }

    private static List<?> row(Runner r) {
        return List.of(
                r.bib(),
                r.team(),
                r.leg(),
                r.distance(),
                r.wave(),
                r.person(),
                r.uhfChip(),
                r.ipicoChip(),
                r.chipCondition(),
                r.status(),
                r.gunNanos(),
                text(r.startNanos()),
                text(r.finishNanos()));
    }

    private static Object text(OptionalLong nanos) {
        return nanos.isPresent() ? nanos.getAsLong() : "";
    }

    /**
     * How the race truly went; empty if nobody has written it down.
     *
     * @throws IOException if a file is missing or damaged, or tells of another scenario
     */
    Optional<RaceTruth> read(Scenario scenario) throws IOException {
        if (!Files.exists(runners())) {
            return Optional.empty();
        }
        Map<Integer, Runner> byBib = new HashMap<>();
        List<Runner> runners = Csv.read(runners(), RUNNER_COLUMNS, values -> {
            Runner runner = runner(values);
            byBib.put(runner.bib(), runner);
            return runner;
        });
        Course course = new Course(
                runners,
                Csv.read(crossings(), CROSSING_COLUMNS, values -> crossing(values, byBib)),
                Csv.read(lingerings(), LINGERING_COLUMNS, CourseFiles::lingering),
                List.of());
        try {
            return Optional.of(RaceTruth.of(scenario, course));
        } catch (IllegalArgumentException e) {
            throw new IOException(runners() + ": " + e.getMessage(), e);
        }
    }

    private static Runner runner(List<String> v) {
        return new Runner(
                Integer.parseInt(v.get(0)),
                Integer.parseInt(v.get(1)),
                Integer.parseInt(v.get(2)),
                v.get(3),
                v.get(4),
                Person.valueOf(v.get(5)),
                new Chip(v.get(6)),
                new Chip(v.get(7)),
                ChipCondition.valueOf(v.get(8)),
                Status.valueOf(v.get(9)),
                Long.parseLong(v.get(10)),
                nanos(v.get(11)),
                nanos(v.get(12)));
    }

    private static OptionalLong nanos(String text) {
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }

    private static Crossing crossing(List<String> v, Map<Integer, Runner> runners) {
        Runner runner = runners.get(Integer.parseInt(v.get(0)));
        if (runner == null) {
            throw new IllegalArgumentException("nobody has the bib " + v.get(0));
        }
        return new Crossing(
                runner,
                v.get(1),
                Integer.parseInt(v.get(2)),
                Boolean.parseBoolean(v.get(3)),
                Long.parseLong(v.get(4)),
                Double.parseDouble(v.get(5)),
                Double.parseDouble(v.get(6)),
                Long.parseLong(v.get(7)));
    }

    private static Lingering lingering(List<String> v) {
        return new Lingering(
                v.get(0),
                new Chip(v.get(1)),
                new Chip(v.get(2)),
                v.get(3).isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(v.get(3))),
                ChipCondition.valueOf(v.get(4)),
                Long.parseLong(v.get(5)),
                Long.parseLong(v.get(6)),
                Double.parseDouble(v.get(7)),
                Double.parseDouble(v.get(8)),
                Double.parseDouble(v.get(9)));
    }
}
