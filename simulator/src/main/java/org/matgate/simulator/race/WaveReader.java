package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.List;

/** Reads who runs a distance: all of them on its own gun, or in waves. What a wave does not say, its distance says. */
final class WaveReader {
    private static final double USUAL_STARTS_PER_SECOND = 20;
    private static final double MOST_FINISH_SECONDS = 86_400;

    private final ChipShares chips;
    private final long durationNanos;

    /**
     * @param chips where neither wave nor distance say anything
     * @param durationNanos of the race; 0 if that is not known
     */
    WaveReader(ChipShares chips, long durationNanos) {
        this.chips = chips;
        this.durationNanos = durationNanos;
    }

    /** One table whose missing keys may stand in another. */
    private record Pair(TomlSection own, TomlSection fallback) {
        TomlSection at(String key) {
            return own.has(key) || !fallback.has(key) ? own : fallback;
        }
    }

    List<Wave> read(TomlSection distance, String name, List<TomlSection> sections, boolean relay) {
        String entries = relay ? "teams" : "runners";
        String other = relay ? "runners" : "teams";
        if (distance.has(other)) {
            distance.wrong(other, relay ? "'teams' instead, as there are legs" : "'legs' beside it, or 'runners'");
        }
        if (sections.isEmpty()) {
            return List.of(wave(new Pair(distance, distance), name, entries));
        }
        if (distance.has(entries)) {
            distance.wrong(entries, "it in each [[wave]] of this distance instead");
        }
        List<Wave> waves = new ArrayList<>();
        for (TomlSection section : sections) {
            section.only(
                    "distance", "name", "gun", entries, "starts_per_second", "finish", "person", "dns", "dnf", "chips");
            Wave wave = wave(new Pair(section, distance), section.text("name", "a name such as \"elite\""), entries);
            if (waves.stream().anyMatch(earlier -> earlier.name().equals(wave.name()))) {
                section.wrong("name", "a name that no other [[wave]] of this distance has");
            }
            waves.add(wave);
        }
        return waves;
    }

    private Wave wave(Pair pair, String name, String entries) {
        TomlSection person = pair.at("person");
        return new Wave(
                name,
                gun(pair.at("gun")),
                (int) pair.own()
                        .whole(
                                entries,
                                1,
                                DistanceReader.MOST_RUNNERS,
                                "how many are entered, 1 to " + DistanceReader.MOST_RUNNERS),
                pair.at("starts_per_second")
                        .optionalNumber("starts_per_second", 0.1, 1000, "how many start a second, 0.1 to 1000")
                        .orElse(USUAL_STARTS_PER_SECOND),
                finish(pair.at("finish")),
                person.has("person") ? person.oneOf("person", Person.class).orElse(Person.RUNNER) : Person.RUNNER,
                share(pair.at("dns"), "dns"),
                share(pair.at("dnf"), "dnf"),
                chips(pair.at("chips"), chips));
    }

    private long gun(TomlSection section) {
        long gun = section.moment("gun", "1.0");
        if (durationNanos > 0 && gun > durationNanos) {
            section.wrong("gun", FaultReader.upTo("a gun", durationNanos));
        }
        return gun;
    }

    private static double share(TomlSection section, String key) {
        return section.optionalNumber(key, 0, 1, "a share, 0 to 1, such as 0.05")
                .orElse(0);
    }

    /** What a table says of chips; {@code usual} where it says nothing. */
    static ChipShares chips(TomlSection table, ChipShares usual) {
        if (!table.has("chips")) {
            return usual;
        }
        var inner = table.section("chips", "shares of all chips such as { covered = 0.3, bent = 0.02, dead = 0.001 }");
        if (inner.isEmpty()) {
            return usual;
        }
        TomlSection section = inner.get().only("covered", "bent", "dead");
        ChipShares shares = new ChipShares(share(section, "covered"), share(section, "bent"), share(section, "dead"));
        if (shares.covered() + shares.bent() + shares.dead() > 1) {
            table.wrong("chips", "shares that are together at most 1");
        }
        return shares;
    }

    private static FinishTimes finish(TomlSection table) {
        String want = "times from start to finish: { mean = \"1:00:00\", sd = 600 }"
                + " or { min = \"0:30:00\", median = \"0:55:00\" }";
        var inner = table.section("finish", want);
        if (inner.isEmpty()) {
            return new FinishTimes.Normal(1, 0);
        }
        TomlSection section = inner.get();
        if (section.has("mean")) {
            section.only("mean", "sd");
            double mean = seconds(section, "mean", 1, MOST_FINISH_SECONDS, "a time from 1 s on");
            return new FinishTimes.Normal(
                    mean,
                    seconds(
                            section,
                            "sd",
                            0,
                            mean / 4,
                            "a time of at most a quarter of the mean, so that all times are above 0"));
        }
        section.only("min", "median");
        double min = seconds(
                section, "min", 1, MOST_FINISH_SECONDS, "a time from 1 s on, with a median; or give mean and sd");
        return new FinishTimes.Skewed(
                min, seconds(section, "median", min, MOST_FINISH_SECONDS, "a time of at least min"));
    }

    private static double seconds(TomlSection section, String key, double least, double most, String want) {
        return section.span(key, least, most, want) / 1e9;
    }
}
