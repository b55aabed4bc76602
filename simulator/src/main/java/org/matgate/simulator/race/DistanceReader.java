package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Reads the tables {@code [[distance]]} of a scenario, with the waves of each. */
final class DistanceReader {
    static final double MOST_METRES = 200_000;
    static final int MOST_RUNNERS = 100_000;
    private static final int MOST_LAPS = 1000;
    private static final int MOST_LEGS = 50;
    private static final double MOST_SECONDS = 7 * 86_400;

    /** What the digits of both kinds of chips have room for. */
    private static final int MOST_BIB = 0xFFFFF;

    /** What a distance needs not say whose waves say it. */
    private static final List<String> WAVE_SAYS = List.of("runners", "teams", "gun", "finish");

    private final WaveReader waves;
    private final Names points;

    /**
     * @param chips of the whole race
     * @param durationNanos of the race; 0 if that is not known
     * @param points names of all timing points
     */
    DistanceReader(ChipShares chips, long durationNanos, Names points) {
        this.waves = new WaveReader(chips, durationNanos);
        this.points = points;
    }

    List<Distance> read(TomlSection root) {
        List<TomlSection> sections = root.sections("distance");
        Names names = Names.of(root, "distance");
        Map<String, List<TomlSection>> wavesOf = new HashMap<>();
        boolean astray = !root.sound("wave");
        for (TomlSection wave : root.sections("wave")) {
            wavesOf.computeIfAbsent(wave.reference("distance", names), name -> new ArrayList<>())
                    .add(wave);
            astray |= !wave.sound("distance");
        }
        List<Distance> distances = new ArrayList<>();
        int bib = 1;
        for (int i = 0; i < sections.size(); i++) {
            TomlSection section = sections.get(i);
            String name = section.textIfAny("name");
            List<TomlSection> own = wavesOf.getOrDefault(name, List.of());
            if (astray && own.isEmpty()) {
                // Perhaps its waves say it.
                WAVE_SAYS.stream().filter(key -> !section.has(key)).forEach(section::doubt);
            }
            Distance distance = distance(section, own, bib);
            check(section, distance, sections, distances);
            distances.add(distance);
            bib = distance.firstBib() + distance.runners();
        }
        return distances;
    }

    private static void check(
            TomlSection section, Distance distance, List<TomlSection> sections, List<Distance> earlier) {
        for (int i = 0; i < earlier.size(); i++) {
            Distance other = earlier.get(i);
            if (other.name().equals(distance.name()) && !distance.name().isEmpty()) {
                section.wrong("name", "a name that no other [[distance]] has");
            }
            if (distance.firstBib() < other.firstBib() + other.runners()
                    && other.firstBib() < distance.firstBib() + distance.runners()
                    && sections.get(i).sound("first_bib")) {
                section.wrong(
                        "first_bib",
                        "a number so that none is given twice; '" + other.name() + "' has " + other.firstBib() + " to "
                                + (other.firstBib() + other.runners() - 1));
            }
        }
        if (distance.runners() > MOST_RUNNERS) {
            section.wrong(distance.relay() ? "teams" : "runners", "at most " + MOST_RUNNERS + " chips in a distance");
        } else if (distance.firstBib() + distance.runners() > MOST_BIB) {
            section.wrong("first_bib", "numbers below " + MOST_BIB + " for all runners");
        }
    }

    private Distance distance(TomlSection section, List<TomlSection> waveSections, int nextBib) {
        section.only(
                "name",
                "length",
                "laps",
                "legs",
                "limit",
                "limits",
                "first_bib",
                "gun",
                "runners",
                "teams",
                "starts_per_second",
                "finish",
                "person",
                "dns",
                "dnf",
                "chips");
        String name = section.text("name", "the distance's name, such as \"10 km\"");
        List<Double> legs = section.has("legs")
                ? new TomlList(section, "legs")
                        .decimals(1, MOST_METRES, "the metres of each leg of a relay, such as [5000, 10000, 5000]")
                : List.of();
        if (legs.size() > MOST_LEGS) {
            section.wrong("legs", "at most " + MOST_LEGS + " legs");
        }
        boolean relay = section.has("legs") || !section.sound("legs");
        Distance distance = new Distance(
                name,
                length(section, legs),
                section.has("laps")
                        ? (int) section.whole("laps", 1, MOST_LAPS, "how often they go round, 1 to 1000")
                        : 1,
                legs,
                limit(section, "limit"),
                limits(section),
                section.has("first_bib")
                        ? (int) section.whole("first_bib", 1, MOST_BIB, "the number of the first runner, at least 1")
                        : nextBib,
                waves.read(section, name, waveSections, relay));
        waves.requireTimesThatSomebodyCanRun(section, distance, waveSections);
        return distance;
    }

    private static double length(TomlSection section, List<Double> legs) {
        double sum = legs.stream().mapToDouble(Double::doubleValue).sum();
        if (!section.sound("legs")) {
            section.doubt("length");
        }
        if (!section.has("length") && sum > 0) {
            return sum;
        }
        double length = section.number("length", 1, MOST_METRES, "metres from 1 to 200000, such as 10000");
        if (sum > 0 && Math.abs(length - sum) > 0.01) {
            section.wrong("length", "what the legs are together, " + sum + " metres; or leave it out");
        }
        return length;
    }

    private static OptionalLong limit(TomlSection section, String key) {
        return section.has(key)
                ? OptionalLong.of(section.span(
                        key, 1, MOST_SECONDS, "a length of time after the gun such as \"2:00:00\", or seconds"))
                : OptionalLong.empty();
    }

    private Map<String, Long> limits(TomlSection distance) {
        Map<String, Long> limits = new HashMap<>();
        if (distance.has("limits")) {
            distance.section("limits", "limits at timing points after the gun, such as { lap = \"1:30:00\" }")
                    .ifPresent(section -> {
                        if (points.complete()) {
                            section.only(points.all().toArray(String[]::new));
                        }
                        for (String point : section.keys()) {
                            limit(section, point).ifPresent(limit -> limits.put(point, limit));
                        }
                    });
        }
        return limits;
    }
}
