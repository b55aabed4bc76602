package org.matgate.simulator.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.matgate.simulator.referee.Counts;
import org.matgate.simulator.referee.Curves;
import org.matgate.simulator.referee.Histogram;
import org.matgate.simulator.referee.Spread;
import org.matgate.simulator.referee.Verdict;
import org.matgate.simulator.referee.VerdictText;

/**
 * A verdict as one page of HTML that needs nothing else: no script, no font, no picture from elsewhere. It is well-formed
 * XML, too. Not thread-safe.
 */
public final class HtmlReport {
    private final Verdict verdict;
    private final Markup page = new Markup();

    private HtmlReport(Verdict verdict) {
        this.verdict = verdict;
    }

    /** The page. */
    public static String html(Verdict verdict) {
        HtmlReport report = new HtmlReport(verdict);
        report.write();
        return "<!DOCTYPE html>\n" + report.page;
    }

    private void write() {
        page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en").open("head");
        page.empty("meta", "charset", "utf-8");
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.leaf("title", word() + " \u2013 " + verdict.scenario());
        page.leaf("style", style());
        page.close().open("body");
        head();
        Tables tables = new Tables(page, verdict);
        tables.results();
        tables.mats();
        plots();
        tables.times();
        tables.boxes();
        tables.histories();
        page.close().close();
    }

    private String word() {
        return verdict.pass() ? "PASS" : "FAIL";
    }

    private void head() {
        page.leaf("h1", verdict.scenario());
        page.leaf(
                "p",
                "Seed " + verdict.seed() + ", " + verdict.version()
                        + (verdict.speed().hurried()
                                ? ". Seconds of the race a second: " + VerdictText.speed(verdict.speed())
                                        + "; lines ran unpaced"
                                : ""),
                "class",
                "soft");
        page.leaf("p", word(), "class", "verdict " + (verdict.pass() ? "pass" : "fail"));
        if (!verdict.reasons().isEmpty()) {
            page.open("ul");
            verdict.reasons().forEach(reason -> page.leaf("li", reason));
            page.close();
        }
        Counts total = verdict.total();
        page.open("div", "class", "numbers");
        number(Scale.count(total.offered()), "reads offered");
        number(Scale.count(total.delivered()), "delivered");
        number(Scale.count(total.destroyed()), "destroyed by faults");
        number(Scale.count(total.undetectable()), "undetectable");
        number(Scale.count(total.lost()), "lost");
        number(Scale.count(total.duplicated()), "duplicated");
        number(Scale.count(total.invented()), "invented");
        spread(verdict.times().error(), "time error");
        spread(verdict.delay(), "delay to the engine");
        page.close();
    }

    private void number(String number, String name) {
        page.open("div").leaf("b", number).leaf("span", name).close();
    }

    private void spread(Spread spread, String name) {
        if (spread.count() > 0) {
            number(Scale.length(spread.medianNanos()), name + ", median");
            number(Scale.length(spread.p99Nanos()), name + ", 99 %");
            number(Scale.length(spread.maxNanos()), name + ", most");
        }
    }

    private void plots() {
        Curves curves = verdict.curves();
        if (curves.binNanos() == 0) {
            return;
        }
        TimePlots plots = new TimePlots(page, curves);
        if (!curves.troubles().isEmpty()) {
            page.leaf("h2", "What went wrong");
            figure(plots::troubles);
            if (curves.troubles().size() > TimePlots.MOST_ROWS) {
                page.leaf(
                        "p",
                        "And " + (curves.troubles().size() - TimePlots.MOST_ROWS) + " more that are not drawn.",
                        "class",
                        "soft");
            }
        }
        page.leaf("h2", "Arrivals at each mat");
        legend("held", "held by the engine", "seen", "put on the wire by the reader", "struck", "struck by a fault");
        page.leaf(
                "p",
                "Chips that came within reach, a minute, counted in steps of " + Scale.length(curves.binNanos())
                        + ". Times are the race clock, hours, minutes and seconds; numbers name what went wrong.",
                "class",
                "soft");
        curves.mats().forEach(mat -> figure(() -> plots.arrivals(mat)));
        page.leaf("h2", "Backlog of each box");
        page.leaf(
                "p",
                "Reads that were on the wire and not yet in the engine, at most in each step. The race clock stopped at "
                        + Scale.clock(curves.raceNanos()) + ".",
                "class",
                "soft");
        curves.backlogs().forEach(box -> figure(() -> plots.backlog(box)));
        page.leaf("h2", "Delay from sighting to engine");
        page.leaf("p", "Reads, by how long after the sighting the engine had stored them.", "class", "soft");
        figure(() -> HistogramPlot.draw(page, "Delays from sighting to engine", curves.delays(), Histogram.NONE));
        page.leaf("h2", "Error of times");
        legend("held", "error of the engine's time of a read", "seen", "uncertainty stated with it");
        page.leaf("p", "Reads, by how far their times are from the truth, without the sign.", "class", "soft");
        figure(() -> HistogramPlot.draw(
                page, "Errors and stated uncertainties of times", curves.errors(), curves.uncertainties()));
    }

    private void figure(Runnable content) {
        page.open("figure", "class", "wide");
        content.run();
        page.close();
    }

    /** @param pairs styles and what they stand for, in turns */
    private void legend(String... pairs) {
        page.open("p", "class", "legend");
        for (int i = 0; i < pairs.length; i += 2) {
            page.leaf("i", "", "class", pairs[i]).text(pairs[i + 1]);
        }
        page.close();
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("page.css")) {
            if (in == null) {
                throw new IllegalStateException("page.css is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read page.css", e);
        }
    }
}
