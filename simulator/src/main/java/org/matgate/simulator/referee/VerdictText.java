package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A verdict in plain lines; the last has a fixed form. */
public final class VerdictText {
    private static final String ROW = "%-16s %8s %8s %9s %9s %12s %6s %10s %8s";

    private VerdictText() {}

    /** The lines, the last of them {@code verdict: PASS offered=… …} or {@code verdict: FAIL …}. */
    public static List<String> lines(Verdict verdict) {
        List<String> lines = new ArrayList<>();
        lines.add(verdict.scenario() + ", seed " + verdict.seed() + ", " + verdict.version());
        lines.add(String.format(
                Locale.ROOT,
                ROW,
                "mat",
                "offered",
                "stored",
                "delivered",
                "destroyed",
                "undetectable",
                "lost",
                "duplicated",
                "invented"));
        verdict.counts()
                .forEach((mat, c) -> lines.add(String.format(
                        Locale.ROOT,
                        ROW,
                        mat,
                        c.offered(),
                        c.stored(),
                        c.delivered(),
                        c.destroyed(),
                        c.undetectable(),
                        c.lost(),
                        c.duplicated(),
                        c.invented())));
        times(lines, verdict.times());
        lines.add("delay from sighting to engine: " + spread(verdict.delay()));
        verdict.histories().forEach(history -> lines.add(history.problem() + ": " + history.text()));
        verdict.reasons().forEach(reason -> lines.add("FAIL because " + reason));
        lines.add(last(verdict));
        return lines;
    }

    private static void times(List<String> lines, TimeFindings times) {
        lines.add("time error: " + spread(times.error()));
        lines.add("stated uncertainty: " + spread(times.uncertainty()));
        times.kinds()
                .forEach((kind, found) ->
                        lines.add("time error of " + found.error().count() + " times of " + kind + ": "
                                + spread(found.error()) + "; stated: " + spread(found.uncertainty())));
        TimeFindings.Restated restated = times.restated();
        lines.add("restated: " + restated.byMillis() + " times by more than 1 ms, " + restated.bySeconds()
                + " by more than 1 s, at most by " + Historian.millis(restated.mostNanos()));
        lines.addAll(times.boots());
    }

    private static String last(Verdict verdict) {
        Counts total = verdict.total();
        return "verdict: " + (verdict.pass() ? "PASS" : "FAIL") + " offered=" + total.offered() + " stored="
                + total.stored() + " delivered=" + total.delivered() + " destroyed=" + total.destroyed()
                + " undetectable=" + total.undetectable() + " lost=" + total.lost() + " duplicated="
                + total.duplicated() + " invented=" + total.invented();
    }

    private static String spread(Spread spread) {
        return "median " + Historian.millis(spread.medianNanos()) + ", p99 " + Historian.millis(spread.p99Nanos())
                + ", max " + Historian.millis(spread.maxNanos());
    }
}
