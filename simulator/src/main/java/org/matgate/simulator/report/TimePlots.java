package org.matgate.simulator.report;

import java.util.ArrayList;
import java.util.List;
import org.matgate.simulator.referee.Curves;
import org.matgate.simulator.referee.Curves.Arrivals;
import org.matgate.simulator.referee.Curves.Backlog;
import org.matgate.simulator.referee.Curves.Span;
import org.matgate.simulator.referee.Curves.Trouble;

/** Draws what happened over time: all plots have the same time axis, the race clock. Not thread-safe. */
final class TimePlots {
    private static final int WIDTH = 640;
    private static final int LEFT = 44;
    private static final int RIGHT = 12;

    /** Above the plot: its name. */
    private static final int TOP = 20;

    private static final int HEIGHT = 70;

    /** Under the plot: the times. */
    private static final int BOTTOM = 18;

    private static final int ROW = 22;

    /** What goes wrong more often is told in words only; a page is to be read. */
    static final int MOST_ROWS = 40;

    /** A span that lasts no time is drawn so wide. */
    private static final double LEAST_WIDTH = 2;

    private final Markup page;
    private final Curves curves;
    private final long endNanos;
    private final List<Trouble> troubles;

    TimePlots(Markup page, Curves curves) {
        this.page = page;
        this.curves = curves;
        this.endNanos = curves.binNanos() * curves.bins();
        this.troubles = curves.troubles()
                .subList(0, Math.min(MOST_ROWS, curves.troubles().size()));
    }

    /** What a trouble is called, with the number that it has in all plots. */
    static String name(int index, Trouble trouble) {
        String name =
                trouble.what().contains(trouble.subject()) ? trouble.what() : trouble.what() + ": " + trouble.subject();
        return (index + 1) + " " + name;
    }

    /** Each trouble on a line of its own. */
    void troubles() {
        int height = troubles.size() * ROW;
        begin(height + BOTTOM + 4, "What went wrong, on the race clock");
        for (int i = 0; i < troubles.size(); i++) {
            Trouble trouble = troubles.get(i);
            double y = i * ROW;
            page.leaf("text", name(i, trouble), "x", "2", "y", Scale.at(y + 10), "class", "label");
            for (Span span : trouble.spans()) {
                rect("trouble", span, y + 12, 7);
            }
        }
        timeAxis(height + 2);
        page.close();
    }

    /** Chips that came to a mat. */
    void arrivals(Arrivals mat) {
        double perMinute = 60e9 / curves.binNanos();
        long top = Scale.top(Math.max(
                Math.round(Math.ceil(most(mat.seen()) * perMinute)),
                Math.round(Math.ceil(most(mat.held()) * perMinute))));
        begin(TOP + HEIGHT + BOTTOM, "Chips that came to mat " + mat.mat() + ", a minute");
        page.leaf("text", mat.mat() + " \u00b7 chips a minute", "x", "2", "y", "12", "class", "label");
        struck(List.of(mat.mat(), mat.box(), "engine", "machine"));
        yAxis(top);
        page.empty("path", "class", "held", "d", steps(mat.held(), perMinute / top, true));
        page.empty("path", "class", "seen", "d", steps(mat.seen(), perMinute / top, false));
        timeAxis(TOP + HEIGHT);
        page.close();
    }

    /** Reads of a box that were under way. */
    void backlog(Backlog box) {
        long top = Scale.top(most(box.most()));
        begin(TOP + HEIGHT + BOTTOM, "Reads of box " + box.box() + " under way to the engine");
        page.leaf("text", box.box() + " \u00b7 reads under way", "x", "2", "y", "12", "class", "label");
        List<String> subjects = new ArrayList<>(List.of(box.box(), "engine", "machine"));
        curves.mats().stream()
                .filter(mat -> mat.box().equals(box.box()))
                .map(Arrivals::mat)
                .forEach(subjects::add);
        struck(subjects);
        yAxis(top);
        page.empty("path", "class", "held", "d", steps(box.most(), 1.0 / top, true));
        timeAxis(TOP + HEIGHT);
        page.close();
    }

    private void begin(int height, String title) {
        page.open("svg", "viewBox", "0 0 " + WIDTH + " " + height, "role", "img", "aria-label", title);
        page.leaf("title", title);
    }

    private static long most(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private double x(long nanos) {
        return LEFT + (double) (WIDTH - LEFT - RIGHT) * nanos / Math.max(1, endNanos);
    }

    /** The troubles that strike one of these, behind the curve. */
    private void struck(List<String> subjects) {
        for (int i = 0; i < troubles.size(); i++) {
            if (!subjects.contains(troubles.get(i).subject())) {
                continue;
            }
            List<Span> spans = troubles.get(i).spans();
            spans.forEach(span -> rect("struck", span, TOP, HEIGHT));
            page.leaf(
                    "text",
                    Integer.toString(i + 1),
                    "x",
                    Scale.at(x(spans.getFirst().fromNanos()) + 1),
                    "y",
                    Scale.at(TOP - 2),
                    "class",
                    "number");
        }
    }

    private void rect(String style, Span span, double y, double height) {
        double from = x(span.fromNanos());
        page.empty(
                "rect",
                "class",
                style,
                "x",
                Scale.at(from),
                "y",
                Scale.at(y),
                "width",
                Scale.at(Math.max(LEAST_WIDTH, x(span.untilNanos()) - from)),
                "height",
                Scale.at(height));
    }

    private void yAxis(long top) {
        for (double share : new double[] {0, 0.5, 1}) {
            double y = TOP + HEIGHT * (1 - share);
            line(LEFT, y, WIDTH - RIGHT, y);
            double value = top * share;
            if (value == Math.rint(value)) {
                page.leaf(
                        "text",
                        Scale.count(Math.round(value)),
                        "x",
                        Integer.toString(LEFT - 4),
                        "y",
                        Scale.at(y + 4),
                        "class",
                        "left");
            }
        }
    }

    private void timeAxis(double y) {
        for (long at : Scale.times(endNanos)) {
            double x = x(at);
            line(x, y, x, y + 3);
            page.leaf("text", Scale.clock(at), "x", Scale.at(x), "y", Scale.at(y + 14), "class", "under");
        }
        line(LEFT, y, WIDTH - RIGHT, y);
    }

    private void line(double fromX, double fromY, double toX, double toY) {
        page.empty(
                "line",
                "x1",
                Scale.at(fromX),
                "y1",
                Scale.at(fromY),
                "x2",
                Scale.at(toX),
                "y2",
                Scale.at(toY),
                "class",
                "axis");
    }

    /** A path that goes up and down in steps, a bin each; where nothing changes it just goes on. */
    private String steps(List<Integer> counts, double shareOfOne, boolean closed) {
        double bottom = TOP + HEIGHT;
        StringBuilder path = new StringBuilder("M" + Scale.at(LEFT) + " " + Scale.at(bottom));
        int before = 0;
        for (int bin = 0; bin < counts.size(); bin++) {
            if (counts.get(bin) != before) {
                before = counts.get(bin);
                path.append("H")
                        .append(Scale.at(x(bin * curves.binNanos())))
                        .append("V")
                        .append(Scale.at(bottom - HEIGHT * Math.min(1, before * shareOfOne)));
            }
        }
        path.append("H").append(Scale.at(x(endNanos))).append("V").append(Scale.at(bottom));
        return path + (closed ? "Z" : "");
    }
}
