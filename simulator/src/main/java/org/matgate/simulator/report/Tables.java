package org.matgate.simulator.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.matgate.protocol.stream.Stamp;
import org.matgate.simulator.referee.BoxUsage;
import org.matgate.simulator.referee.Counts;
import org.matgate.simulator.referee.RaceFindings;
import org.matgate.simulator.referee.Spread;
import org.matgate.simulator.referee.TimeFindings;
import org.matgate.simulator.referee.Verdict;
import org.matgate.simulator.referee.VerdictText;

/** The numbers of a verdict as tables. Not thread-safe. */
final class Tables {
    private final Markup page;
    private final Verdict verdict;

    Tables(Markup page, Verdict verdict) {
        this.page = page;
        this.verdict = verdict;
    }

    void mats() {
        page.leaf("h2", "Reads at each mat");
        begin("mat", "offered", "stored", "delivered", "destroyed", "undetectable", "lost", "duplicated", "invented");
        verdict.counts().forEach(this::mat);
        mat("all", verdict.total());
        end();
        page.leaf(
                "p",
                "Offered: put on the wire by a reader. Stored: in the box's journal. Delivered: in the engine."
                        + " Destroyed: a fault kept it from the box, which told of the gap. Undetectable: damaged in a"
                        + " way that its checksum does not show.",
                "class",
                "soft");
    }

    private void mat(String name, Counts c) {
        row(
                name,
                Scale.count(c.offered()),
                Scale.count(c.stored()),
                Scale.count(c.delivered()),
                Scale.count(c.destroyed()),
                Scale.count(c.undetectable()),
                Scale.count(c.lost()),
                Scale.count(c.duplicated()),
                Scale.count(c.invented()));
    }

    void results() {
        Optional<RaceFindings> found = verdict.race();
        if (found.isEmpty()) {
            return;
        }
        RaceFindings race = found.get();
        page.leaf("h2", "Results");
        begin("runners", "published", "in truth");
        race.published()
                .forEach((status, count) -> row(
                        VerdictText.word(status),
                        Scale.count(count),
                        Scale.count(race.truth().getOrDefault(status, 0))));
        row("started before the gun", Scale.count(race.early()), Scale.count(race.earlyInTruth()));
        end();
        page.leaf(
                "p",
                "Splits: " + Scale.count(race.crossings()) + " due, " + Scale.count(race.splitsMissed()) + " missed, "
                        + Scale.count(race.onlyBackup())
                        + " by the backup line only. Came again where they do not count: "
                        + Scale.count(race.cameAgain()) + ". Chips of nobody who is entered: "
                        + Scale.count(race.strangers()) + ". Guns: " + race.gunsHeard() + " heard, "
                        + race.gunsAnnounced() + " as announced.");
        begin("error of", "times", "median", "99 %", "most");
        error("splits", race.splits());
        error("gun times", race.gunTimes());
        error("chip times", race.chipTimes());
        end();
        page.leaf(
                "p",
                "A time may differ from the truth by its stated uncertainty and by how far from the line a chip can be"
                        + " read, at the runner's speed.",
                "class",
                "soft");
        disagreements(race);
    }

    private void error(String name, Spread spread) {
        row(
                name,
                Scale.count(spread.count()),
                length(spread.medianNanos()),
                length(spread.p99Nanos()),
                length(spread.maxNanos()));
    }

    private void disagreements(RaceFindings race) {
        if (race.reasons().isEmpty()) {
            return;
        }
        page.leaf("h3", "Where they differ from the truth");
        begin("because", "how many", "");
        race.reasons()
                .forEach((reason, count) ->
                        row(reason.text(), Scale.count(count), reason.excused() ? "excused" : "against the boxes"));
        end();
        begin("bib", "distance", "what", "published and true", "because");
        race.disagreements()
                .forEach(each -> row(
                        Integer.toString(each.bib()),
                        each.distance(),
                        each.what(),
                        each.text(),
                        each.reason().text()));
        end();
        page.leaf("p", "The first of each reason.", "class", "soft");
    }

    void times() {
        TimeFindings times = verdict.times();
        page.leaf("h2", "Times");
        begin("of", "times", "error, median", "99 %", "most", "stated, median", "99 %", "most");
        kind("all reads", new TimeFindings.Kind(times.error(), times.uncertainty()));
        times.kinds().forEach(this::kind);
        end();
        TimeFindings.Restated restated = times.restated();
        page.leaf(
                "p",
                "Restated afterwards: " + Scale.count(restated.byMillis()) + " times by more than 1 ms, "
                        + Scale.count(restated.bySeconds()) + " by more than 1 s, at most by "
                        + length(restated.mostNanos()) + ".");
        list(times.boots());
    }

    private void kind(String name, TimeFindings.Kind kind) {
        Spread error = kind.error();
        Spread stated = kind.uncertainty();
        row(
                name,
                Scale.count(error.count()),
                length(error.medianNanos()),
                length(error.p99Nanos()),
                length(error.maxNanos()),
                length(stated.medianNanos()),
                length(stated.p99Nanos()),
                length(stated.maxNanos()));
    }

    void boxes() {
        if (verdict.usage().isEmpty()) {
            return;
        }
        page.leaf("h2", "What the boxes used");
        begin("box", "CPU", "of", "share of one core", "memory at most");
        for (BoxUsage usage : verdict.usage()) {
            row(
                    usage.box(),
                    Scale.length(usage.cpuNanos()),
                    Scale.length(usage.livedNanos()),
                    String.format(Locale.ROOT, "%.1f %%", 100.0 * usage.cpuNanos() / Math.max(1, usage.livedNanos())),
                    usage.peakKiB() / 1024 + " MiB");
        }
        end();
    }

    void histories() {
        if (verdict.histories().isEmpty()) {
            return;
        }
        page.leaf("h2", "Reads that speak against the boxes");
        list(verdict.histories().stream()
                .map(history -> history.problem() + ": " + history.text())
                .toList());
    }

    private void list(List<String> lines) {
        if (!lines.isEmpty()) {
            page.open("ul");
            lines.forEach(line -> page.leaf("li", line));
            page.close();
        }
    }

    private static String length(long nanos) {
        return nanos == Stamp.UNSYNCHRONISED ? "none" : Scale.length(nanos);
    }

    private void begin(String... columns) {
        page.open("div", "class", "wide").open("table").open("thead").open("tr");
        for (String column : columns) {
            page.leaf("th", column, "scope", "col");
        }
        page.close().close().open("tbody");
    }

    private void row(String... cells) {
        page.open("tr");
        for (String cell : cells) {
            page.leaf("td", cell);
        }
        page.close();
    }

    private void end() {
        page.close().close().close();
    }
}
