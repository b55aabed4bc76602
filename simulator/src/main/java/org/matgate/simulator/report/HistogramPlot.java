package org.matgate.simulator.report;

import java.util.List;
import org.matgate.simulator.referee.Histogram;

/** Draws how often lengths of time occur, both axes logarithmic, so that rare ones show beside a million. */
final class HistogramPlot {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 190;
    private static final int LEFT = 56;
    private static final int RIGHT = 14;
    private static final int TOP = 8;
    private static final int BOTTOM = 22;

    private final Markup page;
    private final int firstBin;
    private final int endBin;
    private final long top;

    private HistogramPlot(Markup page, List<Histogram> all) {
        this.page = page;
        int bins = all.getFirst().counts().size();
        int first = bins;
        int last = -1;
        long most = 0;
        for (Histogram histogram : all) {
            for (int bin = 0; bin < bins; bin++) {
                long count = histogram.counts().get(bin);
                first = count > 0 ? Math.min(first, bin) : first;
                last = count > 0 ? Math.max(last, bin) : last;
                most = Math.max(most, count);
            }
        }
        // Whole decades, two at least.
        int decade = Histogram.BINS_A_DECADE;
        this.firstBin = Math.min(first / decade, bins / decade - 2) * decade;
        this.endBin = Math.max(firstBin + 2 * decade, (last / decade + 1) * decade);
        this.top = Scale.topDecade(most);
    }

    /**
     * Draws one.
     *
     * @param title what a screen reader says of it
     * @param filled drawn as bars
     * @param outlined drawn as a line; none if it has no values
     */
    static void draw(Markup page, String title, Histogram filled, Histogram outlined) {
        if (filled.total() == 0) {
            page.leaf("p", "Nothing to count.");
            return;
        }
        HistogramPlot plot = new HistogramPlot(page, List.of(filled, outlined));
        page.open("svg", "viewBox", "0 0 " + WIDTH + " " + HEIGHT, "role", "img", "aria-label", title);
        page.leaf("title", title);
        plot.axes();
        plot.path("held", filled, true);
        if (outlined.total() > 0) {
            plot.path("seen", outlined, false);
        }
        page.close();
    }

    private double x(int bin) {
        return LEFT + (double) (WIDTH - LEFT - RIGHT) * (bin - firstBin) / (endBin - firstBin);
    }

    /** One lies a bit above the ground, so that it is seen. */
    private double y(long count) {
        double share = count == 0 ? 0 : (Math.log10((double) count) + 0.3) / (Math.log10((double) top) + 0.3);
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - share);
    }

    private void axes() {
        for (long count = 1; count <= top; count *= 10) {
            line(LEFT, y(count), WIDTH - RIGHT, y(count));
            page.leaf(
                    "text",
                    Scale.count(count),
                    "x",
                    Integer.toString(LEFT - 4),
                    "y",
                    Scale.at(y(count) + 4),
                    "class",
                    "left");
        }
        for (int bin = firstBin; bin <= endBin; bin += Histogram.BINS_A_DECADE) {
            line(x(bin), y(0), x(bin), y(0) + 4);
            page.leaf("text", Scale.decade(bin), "x", Scale.at(x(bin)), "y", Scale.at(y(0) + 16), "class", "under");
        }
        line(LEFT, y(0), WIDTH - RIGHT, y(0));
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

    private void path(String style, Histogram histogram, boolean closed) {
        StringBuilder path = new StringBuilder("M" + Scale.at(x(firstBin)) + " " + Scale.at(y(0)));
        for (int bin = firstBin; bin < endBin; bin++) {
            path.append("V")
                    .append(Scale.at(y(histogram.counts().get(bin))))
                    .append("H")
                    .append(Scale.at(x(bin + 1)));
        }
        path.append("V").append(Scale.at(y(0))).append(closed ? "Z" : "");
        page.empty("path", "class", style, "d", path.toString());
    }
}
