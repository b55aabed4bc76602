package org.matgate.simulator.referee;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How often values in nanoseconds lie in bins of a logarithmic axis, from 1 µs to 10,000 s. What is smaller lies in the
 * first bin, what is larger in the last.
 *
 * @param counts of each bin
 */
public record Histogram(List<Long> counts) {
    /** How many bins a power of ten has. */
    public static final int BINS_A_DECADE = 5;

    /** The lower edge of the first bin. */
    public static final double FIRST_NANOS = 1_000;

    private static final int DECADES = 10;

    /** Of no values. */
    public static final Histogram NONE = of(LongStream.empty());

    public Histogram {
        counts = List.copyOf(counts);
    }

    static Histogram of(LongStream nanos) {
        long[] counts = new long[DECADES * BINS_A_DECADE];
        nanos.forEach(value -> counts[bin(value)]++);
        return new Histogram(Arrays.stream(counts).boxed().toList());
    }

    private static int bin(long nanos) {
        double decades = Math.log10(Math.max(FIRST_NANOS, (double) nanos) / FIRST_NANOS);
        return Math.min(DECADES * BINS_A_DECADE - 1, (int) Math.floor(decades * BINS_A_DECADE));
    }

    /** The lower edge of a bin, and the upper one of that before it; nanoseconds. */
    public static double edgeNanos(int bin) {
        return FIRST_NANOS * Math.pow(10, (double) bin / BINS_A_DECADE);
    }

    /** How many values there are. */
    public long total() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
