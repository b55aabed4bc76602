package org.matgate.simulator.referee;

import java.util.List;
import java.util.SequencedMap;

/**
 * What the referee found.
 *
 * @param counts by mat, also of readers that no mat has but the engine heard of
 * @param timeError of delivered reads: how far the engine's time of a read is from the truth, without its sign
 * @param delay of delivered reads: from the sighting to the engine's store
 * @param reasons why it is a FAIL; none for a PASS
 * @param histories of reads behind the reasons, the first of each kind
 */
public record Verdict(
        String scenario,
        long seed,
        String version,
        SequencedMap<String, Counts> counts,
        Spread timeError,
        Spread delay,
        List<String> reasons,
        List<History> histories) {
    public Verdict {
        reasons = List.copyOf(reasons);
        histories = List.copyOf(histories);
    }

    /** Whether nothing speaks against the box. */
    public boolean pass() {
        return reasons.isEmpty();
    }

    /** All mats together. */
    public Counts total() {
        return counts.values().stream().reduce(Counts.NONE, Counts::plus);
    }
}
