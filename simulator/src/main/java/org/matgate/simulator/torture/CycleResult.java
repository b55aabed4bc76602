package org.matgate.simulator.torture;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.matgate.simulator.referee.Counts;
import org.matgate.simulator.referee.History;

/**
 * What became of one cycle.
 *
 * @param blows what went wrong, and what was torn
 * @param reasons why it is a FAIL; none for a PASS
 * @param histories of reads behind the reasons
 */
record CycleResult(
        long number,
        long seed,
        List<String> blows,
        Counts counts,
        double seconds,
        List<String> reasons,
        List<History> histories) {
    boolean pass() {
        return reasons.isEmpty();
    }

    /** One line. */
    String text() {
        return String.format(
                Locale.ROOT,
                "cycle %d seed %d: %s offered=%d delivered=%d destroyed=%d lost=%d duplicated=%d invented=%d in %.1f s; %s",
                number,
                seed,
                pass() ? "PASS" : "FAIL",
                counts.offered(),
                counts.delivered(),
                counts.destroyed(),
                counts.lost(),
                counts.duplicated(),
                counts.invented(),
                seconds,
                String.join("; ", blows));
    }

    /** Why, line by line. */
    String why() {
        return histories.stream()
                        .map(history -> history.problem() + ": " + history.text() + "\n")
                        .collect(Collectors.joining())
                + reasons.stream().map(reason -> "FAIL because " + reason).collect(Collectors.joining("\n"));
    }
}
