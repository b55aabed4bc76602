package org.matgate.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.matgate.simulator.race.Runner.Status;
import org.matgate.simulator.referee.BoxUsage;
import org.matgate.simulator.referee.Counts;
import org.matgate.simulator.referee.Curves;
import org.matgate.simulator.referee.Curves.Arrivals;
import org.matgate.simulator.referee.Curves.Backlog;
import org.matgate.simulator.referee.Curves.Span;
import org.matgate.simulator.referee.Curves.Trouble;
import org.matgate.simulator.referee.Disagreement;
import org.matgate.simulator.referee.Histogram;
import org.matgate.simulator.referee.History;
import org.matgate.simulator.referee.RaceFindings;
import org.matgate.simulator.referee.RaceSpeed;
import org.matgate.simulator.referee.Reason;
import org.matgate.simulator.referee.Spread;
import org.matgate.simulator.referee.TimeFindings;
import org.matgate.simulator.referee.Verdict;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {
    private static final long SECOND = 1_000_000_000;

    private final List<String> reasons = new ArrayList<>();
    private final List<Trouble> troubles = new ArrayList<>(List.of(
            new Trouble("noise", "finish-main", List.of(new Span(20 * SECOND, 30 * SECOND))),
            new Trouble("engine away", "engine", List.of(new Span(60 * SECOND, 90 * SECOND)))));
    private String name = "Winter run";

    private Verdict verdict() {
        SequencedMap<String, Counts> counts = new LinkedHashMap<>();
        counts.put("start-main", new Counts(1234, 1230, 1229, 4, 1, 0, 0, 0));
        counts.put("finish-main", new Counts(766, 766, 766, 0, 0, 0, 0, 0));
        Spread error = new Spread(1995, 1_500_000, 20_000_000, 250_000_000);
        SequencedMap<String, TimeFindings.Kind> kinds = new LinkedHashMap<>();
        kinds.put(
                "readers that stamp", new TimeFindings.Kind(error, new Spread(1995, 4_000_000, 9_000_000, 9_000_000)));
        return new Verdict(
                name,
                -7,
                "matsim 9.9.9",
                new RaceSpeed(60, 41.26),
                counts,
                new TimeFindings(error, error, kinds, new TimeFindings.Restated(3, 0, 2_000_000), List.of("boot 1")),
                new Spread(1995, 12_000_000, 31 * SECOND, 32 * SECOND),
                Optional.of(race()),
                curves(),
                List.of(new BoxUsage("finish", 3 * SECOND, 60 * SECOND, 210 * 1024)),
                reasons,
                reasons.isEmpty() ? List.of() : List.of(new History("lost", "finish-main", "chip <0A> & more")));
    }

    private static RaceFindings race() {
        SequencedMap<Status, Integer> published = new LinkedHashMap<>();
        SequencedMap<Status, Integer> truth = new LinkedHashMap<>();
        for (Status status : Status.values()) {
            published.put(status, 10 + published.size());
            truth.put(status, 20 + truth.size());
        }
        SequencedMap<Reason, Integer> reasons = new LinkedHashMap<>();
        reasons.put(Reason.UNEXPLAINED, 1);
        reasons.put(Reason.DEAD_CHIP, 1204);
        Spread error = new Spread(1800, 90_000_000, SECOND, 2 * SECOND);
        return new RaceFindings(
                published,
                truth,
                3,
                4,
                5000,
                77,
                66,
                5,
                2,
                4,
                1,
                error,
                error,
                error,
                reasons,
                List.of(new Disagreement(117, "10 km & more", "finish", Reason.UNEXPLAINED, "at 1:00; truly at 2:00")));
    }

    private Curves curves() {
        List<Integer> arrivals = new ArrayList<>(Collections.nCopies(60, 0));
        arrivals.set(10, 7);
        arrivals.set(11, 42);
        List<Integer> held = new ArrayList<>(arrivals);
        held.set(11, 40);
        return new Curves(
                2 * SECOND,
                60,
                100 * SECOND,
                List.of(
                        new Arrivals("start-main", "start", arrivals, arrivals),
                        new Arrivals("finish-main", "finish", arrivals, held)),
                List.of(new Backlog("start", arrivals), new Backlog("finish", held)),
                histogram(5, 30),
                histogram(12, 14),
                histogram(15, 15),
                troubles);
    }

    private static Histogram histogram(int firstBin, int lastBin) {
        List<Long> counts =
                new ArrayList<>(Collections.nCopies(Histogram.NONE.counts().size(), 0L));
        counts.set(firstBin, 990L);
        counts.set(lastBin, counts.get(lastBin) + 1);
        return new Histogram(counts);
    }

    private Document page() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(HtmlReport.html(verdict()))));
    }

    private static List<Element> all(Document page, String element) {
        NodeList found = page.getElementsByTagNameNS("*", element);
        return Stream.iterate(0, i -> i < found.getLength(), i -> i + 1)
                .map(i -> (Element) found.item(i))
                .toList();
    }

    private static List<String> texts(Document page, String element) {
        return all(page, element).stream()
                .map(each -> each.getTextContent().strip().replaceAll("\\s+", " "))
                .toList();
    }

    @Test
    void saysWhatTheVerdictSays() throws Exception {
        Document page = page();
        assertThat(texts(page, "title")).first().isEqualTo("PASS \u2013 Winter run");
        assertThat(texts(page, "p"))
                .contains("Seed -7, matsim 9.9.9. Seconds of the race a second: 60 asked for, 41.3 reached; lines ran"
                        + " unpaced");
        assertThat(texts(page, "tr"))
                .contains(
                        "start-main 1,234 1,230 1,229 4 1 0 0 0",
                        "finish-main 766 766 766 0 0 0 0 0",
                        "all 2,000 1,996 1,995 4 1 0 0 0")
                .contains("readers that stamp 1,995 1.5 ms 20 ms 250 ms 4 ms 9 ms 9 ms")
                .contains("finished 14 24", "DNS 10 20", "started before the gun 3 4")
                .contains("gun times 1,800 90 ms 1 s 2 s")
                .contains("the chip is dead 1,204 excused", "nothing explains it 1 against the boxes")
                .contains("117 10 km & more finish at 1:00; truly at 2:00 nothing explains it")
                .contains("finish 3 s 1 min 5.0 % 210 MiB");
        assertThat(texts(page, "div")).contains("2,000 reads offered", "31 s delay to the engine, 99 %");
    }

    @Test
    void tellsWhyItFails() throws Exception {
        reasons.add("1 reads are <lost>");
        Document page = page();
        assertThat(texts(page, "p")).contains("FAIL");
        assertThat(texts(page, "li")).contains("1 reads are <lost>", "lost: chip <0A> & more");
    }

    @Test
    void drawsEachMatAndBoxWithTheFaultsThatStruckThem() throws Exception {
        List<Element> plots = all(page(), "svg");
        assertThat(plots)
                .extracting(plot -> plot.getAttribute("aria-label"))
                .containsExactly(
                        "What went wrong, on the race clock",
                        "Chips that came to mat start-main, a minute",
                        "Chips that came to mat finish-main, a minute",
                        "Reads of box start under way to the engine",
                        "Reads of box finish under way to the engine",
                        "Delays from sighting to engine",
                        "Errors and stated uncertainties of times");
        assertThat(plots.getFirst().getTextContent())
                .contains("1 noise: finish-main")
                .contains("2 engine away");
        assertThat(rectangles(plots.get(1))).isEqualTo(1);
        assertThat(rectangles(plots.get(2))).isEqualTo(2);
        assertThat(rectangles(plots.get(3))).isEqualTo(1);
        // 42 in 2 s are 1,260 a minute; the axis ends at 2,000 and after 2 minutes.
        assertThat(plots.get(2).getTextContent()).contains("2,000").contains("2:00");
        // 44 + 584 * 20 s / 120 s; 7 in 2 s are 210 a minute, 70 high is 2,000.
        assertThat(paths(plots.get(2))).allSatisfy(path -> assertThat(path).startsWith("M44 90H141.3V82.7H151.1V"));
        assertThat(paths(plots.get(2)).getFirst())
                .isNotEqualTo(paths(plots.get(2)).getLast());
        assertThat(plots.get(5).getTextContent()).contains("10 \u00b5s", "1 s", "1,000");
    }

    private static int rectangles(Element plot) {
        return plot.getElementsByTagNameNS("*", "rect").getLength();
    }

    private static List<String> paths(Element plot) {
        NodeList paths = plot.getElementsByTagNameNS("*", "path");
        return Stream.iterate(0, i -> i < paths.getLength(), i -> i + 1)
                .map(i -> ((Element) paths.item(i)).getAttribute("d"))
                .toList();
    }

    @Test
    void namesFromFilesDoNoHarm() throws Exception {
        name = "<script>alert(\"1\")</script> & \u0000\u0007\u0085 \uD83C\uDFC3 \uD800.";
        Document page = page();
        assertThat(all(page, "script")).isEmpty();
        assertThat(texts(page, "h1"))
                .first()
                .isEqualTo("<script>alert(\"1\")</script> & \uFFFD\uFFFD\uFFFD \uD83C\uDFC3 \uFFFD.");
    }

    @Test
    void needsNothingElse() throws Exception {
        String html = HtmlReport.html(verdict());
        assertThat(html.replace("xmlns=\"http://www.w3.org/1999/xhtml\"", ""))
                .doesNotContain("http:", "https:", "url(", "@import", "src=", "href=", "<script");
        assertThat(texts(page(), "style")).first().asString().contains("prefers-color-scheme: dark", "@media print");
    }

    @Test
    void aRaceThatWasNotHeldIsAPageToo() throws Exception {
        Verdict none = Verdict.withoutRace("Sprint", 1, "matsim 9.9.9", "box finish has not become ready");
        assertThat(HtmlReport.html(none)).contains("FAIL", "box finish has not become ready");
    }

    @Test
    void moreTroublesThanThePageHasRoomForAreCounted() throws Exception {
        for (int i = 0; i < 100; i++) {
            troubles.add(new Trouble("cable out", "mat " + i, List.of(new Span(0, SECOND), new Span(5, 5))));
        }
        assertThat(texts(page(), "p")).contains("And 62 more that are not drawn.");
    }
}
