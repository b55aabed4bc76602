package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.matgate.simulator.race.Runner.Status;

/** A verdict in plain lines; the last has a fixed form. */
public final class VerdictText {
    private static final String ROW = "%-16s %8s %8s %9s %9s %12s %6s %10s %8s";

    private VerdictText() {}

    /** The lines, the last of them {@code verdict: PASS offered=… …} or {@code verdict: FAIL …}. */
    public static List<String> lines(Verdict verdict) {
        List<String> lines = new ArrayList<>();
        lines.add(verdict.scenario() + ", seed " + verdict.seed() + ", " + verdict.version());
        if (verdict.speed().hurried()) {
            lines.add("speed: " + speed(verdict.speed()) + "; lines ran unpaced");
        }
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
        verdict.race().ifPresent(race -> race(lines, race));
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

    /** For a person, such as {@code 60 asked for, 41.3 reached}. */
    public static String speed(RaceSpeed speed) {
        return String.format(
                Locale.ROOT,
                speed.asked() == Math.rint(speed.asked())
                        ? "%.0f asked for, %.1f reached"
                        : "%.1f asked for, %.1f reached",
                speed.asked(),
                speed.reached());
    }

    private static void race(List<String> lines, RaceFindings race) {
        lines.add("results published: " + ends(race.published()) + "; in truth: " + ends(race.truth()));
        lines.add("early starters: " + race.early() + ", in truth " + race.earlyInTruth() + "; guns: "
                + race.gunsHeard()
                + " heard, " + race.gunsAnnounced() + " as announced; splits: " + race.crossings() + ", of which "
                + race.splitsMissed() + " missed and " + race.onlyBackup() + " by the backup line only; came again: "
                + race.cameAgain() + "; strangers: " + race.strangers());
        lines.add("error of " + race.gunTimes().count() + " gun times: " + spread(race.gunTimes()));
        lines.add("error of " + race.chipTimes().count() + " chip times: " + spread(race.chipTimes()));
        race.reasons()
                .forEach((reason, count) ->
                        lines.add(count + " disagreements with the truth, because " + reason.text()));
        race.disagreements().stream()
                .filter(each -> !each.reason().excused())
                .forEach(each -> lines.add("result: bib " + each.bib() + " of " + each.distance() + ", " + each.what()
                        + ": " + each.text() + "; " + each.reason().text()));
    }

    private static String ends(Map<Status, Integer> ends) {
        return ends.entrySet().stream()
                .map(end -> end.getValue() + " " + word(end.getKey()))
                .collect(Collectors.joining(", "));
    }

    /** The timekeepers' word for it. */
    public static String word(Status status) {
        return switch (status) {
            case DNS -> "DNS";
            case DNF -> "DNF";
            case STOPPED -> "stopped at a limit";
            case LATE -> "too late";
            case FINISHED -> "finished";
        };
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
