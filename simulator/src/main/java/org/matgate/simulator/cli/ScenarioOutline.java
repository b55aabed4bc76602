package org.matgate.simulator.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.field.Inventory;
import org.matgate.simulator.race.Course;
import org.matgate.simulator.race.Distance;
import org.matgate.simulator.race.Mat;
import org.matgate.simulator.race.RaceTime;
import org.matgate.simulator.race.Runner.Status;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.race.StartGun;
import org.matgate.simulator.race.TimingPoint;
import org.matgate.simulator.race.Wave;
import org.matgate.simulator.reader.RaceSighting;

/** What a scenario comes to, so that who wrote it sees whether it is the race that was meant. Nothing is started. */
final class ScenarioOutline {
    /** Of each mat so many reads are drawn; what comes behind is taken for alike. */
    private static final int DRAWN_READS = 10_000;

    private static final int MOST_FAULTS = 30;

    private final Scenario scenario;
    private final RaceTime time;
    private final Course course;
    private final List<String> lines = new ArrayList<>();

    private ScenarioOutline(Scenario scenario) {
        this.scenario = scenario;
        this.time = scenario.time();
        this.course = Course.run(scenario, scenario.seed());
    }

    /** The outline of what its seed draws. */
    static ScenarioOutline of(Scenario scenario) {
        ScenarioOutline outline = new ScenarioOutline(scenario);
        outline.race();
        scenario.distances().forEach(outline::distance);
        long reads = 0;
        for (String box : scenario.boxes()) {
            reads += outline.box(box);
        }
        outline.guns();
        outline.faults();
        outline.course.shortfalls().forEach(shortfall -> outline.say("  not to be done: " + shortfall));
        outline.say("about " + rounded(reads) + " reads");
        return outline;
    }

    /** A line each. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    private void say(String line) {
        lines.add(line);
    }

    private void race() {
        say(scenario.name() + ", seed " + scenario.seed() + ": from " + time.text(0) + " to "
                + time.text(scenario.durationNanos()) + ", " + RaceTime.length(scenario.durationNanos()) + "; "
                + scenario.runners() + " chips, " + count(scenario.boxes().size(), "box", "boxes") + ", "
                + count(scenario.mats().size(), "mat", "mats"));
    }

    private void distance(Distance distance) {
        String shape = distance.relay()
                ? ", relay of " + distance.legsMetres().size() + " legs"
                : distance.laps() > 1 ? ", " + distance.laps() + " laps" : "";
        say("distance " + distance.name() + ": " + metres(distance.lengthMetres()) + " m" + shape + ", bibs "
                + distance.firstBib() + " to " + (distance.firstBib() + distance.runners() - 1) + "; in truth "
                + outcomes(distance));
        for (Wave wave : distance.waves()) {
            String own = wave.name().equals(distance.name()) ? "" : " of wave " + wave.name();
            say("  gun" + own + " " + time.text(wave.gunNanos()) + ": "
                    + count(
                            wave.entries(),
                            distance.relay() ? "team" : "runner",
                            distance.relay() ? "teams" : "runners"));
        }
        say("  comes by " + passed(distance));
    }

    private String outcomes(Distance distance) {
        return Arrays.stream(Status.values())
                .map(status -> count(distance, status) + " "
                        + switch (status) {
                            case DNS -> "do not start";
                            case DNF -> "do not get to the finish in the race";
                            case STOPPED -> "are stopped";
                            case LATE -> "come too late";
                            case FINISHED -> "finish";
                        })
                .filter(text -> !text.startsWith("0 "))
                .collect(Collectors.joining(", "));
    }

    private long count(Distance distance, Status status) {
        return course.runners().stream()
                .filter(runner -> runner.distance().equals(distance.name()) && runner.status() == status)
                .count();
    }

    private record Stop(String point, double metres) {}

    private String passed(Distance distance) {
        List<Stop> stops = new ArrayList<>();
        for (TimingPoint point : scenario.timingPoints()) {
            point.metres(distance).forEach(metres -> stops.add(new Stop(point.name(), metres)));
        }
        return stops.stream()
                .sorted(Comparator.comparingDouble(Stop::metres))
                .map(stop -> stop.point() + " (" + metres(stop.metres()) + " m)")
                .collect(Collectors.joining(", "));
    }

    /** @return how many reads it will have, roughly */
    private long box(String box) {
        long crossings = course.crossings().stream()
                .filter(crossing -> crossing.timingPoint().equals(box))
                .count();
        say("box " + box + ": " + count(crossings, "crossing", "crossings"));
        long reads = 0;
        for (Mat mat : scenario.matsAt(box)) {
            long ofMat = reads(mat, crossings);
            say("  mat " + mat.name() + ": "
                    + String.join(" ", List.of(word(mat.family()), word(mat.line()), word(mat.connection())))
                    + ", " + count(mat.antennas().size(), "antenna", "antennas") + ", about " + rounded(ofMat)
                    + " reads");
            reads += ofMat;
        }
        return reads;
    }

    /** Where there are very many, as many a crossing as among the first. */
    private long reads(Mat mat, long crossings) {
        long drawn = 0;
        long last = 0;
        Iterator<RaceSighting> seen = Inventory.of(mat, course, scenario.seed());
        for (; drawn < DRAWN_READS && seen.hasNext(); drawn++) {
            last = seen.next().raceNanos();
        }
        long until = last;
        long before = course.crossings().stream()
                .filter(crossing -> crossing.timingPoint().equals(mat.timingPoint()) && crossing.atNanos() <= until)
                .count();
        double share = drawn < DRAWN_READS ? 1 : (double) crossings / Math.max(1, before);
        return Math.round(drawn * share + mat.steadyReadsPerSecond() * scenario.durationNanos() / 1e9);
    }

    private void guns() {
        for (StartGun gun : scenario.guns()) {
            say("gun on the pin of " + gun.box() + ": " + time.text(gun.atNanos())
                    + (gun.starts().isEmpty() ? "" : ", " + gun.starts()));
        }
    }

    private void faults() {
        List<Fault> faults = scenario.faults().stream()
                .sorted(Comparator.comparingLong(Fault::fromNanos))
                .toList();
        if (faults.isEmpty()) {
            return;
        }
        say(count(faults.size(), "fault", "faults"));
        faults.stream()
                .limit(MOST_FAULTS)
                .forEach(fault -> say("  " + time.text(fault.fromNanos())
                        + (fault.untilNanos() > fault.fromNanos() ? " to " + time.text(fault.untilNanos()) : "") + ": "
                        + fault.announcement()));
        if (faults.size() > MOST_FAULTS) {
            say("  and " + (faults.size() - MOST_FAULTS) + " more");
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String count(long count, String one, String more) {
        return count + " " + (count == 1 ? one : more);
    }

    private static String metres(double metres) {
        return metres == Math.rint(metres) ? String.format(Locale.ROOT, "%.0f", metres) : Double.toString(metres);
    }

    /** Two digits: more would be a promise. */
    private static String rounded(long count) {
        long step = (long) Math.pow(10, Math.max(0, Long.toString(count).length() - 2));
        return String.format(Locale.ROOT, "%,d", Math.round((double) count / step) * step);
    }
}
