package org.matgate.simulator.bench;

import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Arithmetic and words for what is measured. */
final class Figures {
    private static final double MILLION = 1e6;

    private Figures() {}

    /** Of several rounds the middle one: a single slow round says something of the machine, not of the product. */
    static double median(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double millis(Histogram delays, double percentile) {
        return delays.getValueAtPercentile(percentile) / MILLION;
    }

    /** Such as {@code p50 0.41 ms, p99 2.10 ms}. */
    static String delays(Histogram delays) {
        return String.format(Locale.ROOT, "p50 %.2f ms, p99 %.2f ms", millis(delays, 50), millis(delays, 99));
    }

    /** For delays of up to a minute, three digits. */
    static Histogram histogram() {
        Histogram histogram = new Histogram(60_000_000_000L, 3);
        histogram.setAutoResize(true);
        return histogram;
    }
}
