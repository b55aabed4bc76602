package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.List;
import org.matgate.simulator.fault.FaultKind;

/** Reads the tables {@code [[random_faults]]} of a scenario. */
final class RandomFaultsReader {
    private static final int MOST = 1000;
    private static final double USUAL_SHORTEST_SECONDS = 5;
    private static final double USUAL_LONGEST_SECONDS = 30;

    private final Strikable strikable;

    RandomFaultsReader(Strikable strikable) {
        this.strikable = strikable;
    }

    List<RandomFaults> read(TomlSection root) {
        List<RandomFaults> all = new ArrayList<>();
        for (TomlSection section : root.sections("random_faults")) {
            section.only("kinds", "count", "from", "until", "shortest", "longest", "mats", "boxes");
            FaultReader.withinRace(section, strikable.durationNanos());
            all.add(one(section));
        }
        return all;
    }

    private RandomFaults one(TomlSection section) {
        long from = section.has("from") ? FaultReader.from(section) : 0;
        long until = section.has("until") ? FaultReader.until(section) : strikable.durationNanos();
        long shortest = span(section, "shortest", USUAL_SHORTEST_SECONDS);
        long longest = Math.max(shortest, span(section, "longest", USUAL_LONGEST_SECONDS));
        if (section.has("shortest") && section.has("longest") && span(section, "longest", 0) < shortest) {
            section.wrong("longest", "at least 'shortest'");
        }
        int count = (int) section.whole("count", 1, MOST, "how many faults, 1 to " + MOST);
        // Else they would have to lie on top of each other.
        if (until - from < longest) {
            section.wrong("longest", "less than the time between 'from' and 'until'");
        }
        return new RandomFaults(
                section.eachOf("kinds", FaultKind.class),
                count,
                from,
                until,
                shortest,
                longest,
                section.references("mats", strikable.matNames()),
                section.references("boxes", strikable.boxes()));
    }

    private static long span(TomlSection section, String key, double usualSeconds) {
        return section.has(key)
                ? section.span(key, 0.5, 86_400, "seconds from 0.5 on, such as " + usualSeconds)
                : Math.round(usualSeconds * 1e9);
    }
}
