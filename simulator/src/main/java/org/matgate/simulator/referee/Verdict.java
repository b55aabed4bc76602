package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What the referee found.
 *
 * @param speed of the race
 * @param counts by mat, also of readers that no mat has but the engine heard of
 * @param times how right the times are
 * @param delay of delivered reads: from the sighting to the engine's store
 * @param race what a timekeeper would publish, where it is known how the race truly went
 * @param curves what plots show
 * @param usage what the boxes used, as far as it is known
 * @param reasons why it is a FAIL; none for a PASS
 * @param histories of reads behind the reasons, the first of each kind
 */
public record Verdict(
        String scenario,
        long seed,
        String version,
        RaceSpeed speed,
        SequencedMap<String, Counts> counts,
        TimeFindings times,
        Spread delay,
        Optional<RaceFindings> race,
        Curves curves,
        List<BoxUsage> usage,
        List<String> reasons,
        List<History> histories) {
    public Verdict {
        usage = List.copyOf(usage);
        reasons = List.copyOf(reasons);
        histories = List.copyOf(histories);
    }

    /** Whether nothing speaks against the box. */
    public boolean pass() {
        return reasons.isEmpty();
    }

    /** The same with further reasons against. */
    public Verdict withReasons(List<String> more) {
        List<String> all = new ArrayList<>(more);
        all.addAll(reasons);
        return new Verdict(scenario, seed, version, speed, counts, times, delay, race, curves, usage, all, histories);
    }

    /** A FAIL without a race: of no mat anything is known. */
    public static Verdict withoutRace(String scenario, long seed, String version, String reason) {
        return new Verdict(
                scenario,
                seed,
                version,
                RaceSpeed.NONE,
                new LinkedHashMap<>(),
                TimeFindings.NONE,
                Spread.of(new long[0]),
                Optional.empty(),
                Curves.NONE,
                List.of(),
                List.of(reason),
                List.of());
    }

    /** All mats together. */
    public Counts total() {
        return counts.values().stream().reduce(Counts.NONE, Counts::plus);
    }
}
