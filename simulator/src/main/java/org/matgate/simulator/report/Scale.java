package org.matgate.simulator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.matgate.simulator.referee.Histogram;

/** The steps of axes, and what is written beside them. */
final class Scale {
    private static final long[] TIME_STEPS_SECONDS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400
    };

    private static final int MOST_TIME_STEPS = 9;

    private Scale() {}

    /** The smallest of 1, 2 and 5 times a power of ten that is not below a count. */
    static long top(long count) {
        for (long power = 1; power < Long.MAX_VALUE / 10; power *= 10) {
            for (int digit : new int[] {1, 2, 5}) {
                if (digit * power >= count) {
                    return digit * power;
                }
            }
        }
        return count;
    }

    /** The first power of ten above a count, at least 10. */
    static long topDecade(long count) {
        long power = 10;
        while (power <= count && power < Long.MAX_VALUE / 10) {
            power *= 10;
        }
        return power;
    }

    /** Moments to mark on a time axis that ends here; nanoseconds. */
    static List<Long> times(long endNanos) {
        long step = TIME_STEPS_SECONDS[TIME_STEPS_SECONDS.length - 1];
        for (long seconds : TIME_STEPS_SECONDS) {
            if (endNanos / 1e9 / seconds <= MOST_TIME_STEPS) {
                step = seconds;
                break;
            }
        }
        while (endNanos / 1e9 / step > MOST_TIME_STEPS) {
            step *= 2;
        }
        List<Long> times = new ArrayList<>();
        for (long at = 0; at * 1_000_000_000L <= endNanos; at += step) {
            times.add(at * 1_000_000_000L);
        }
        return times;
    }

    /** A moment of the race clock, such as {@code 1:05:30} or {@code 12:07}. */
    static String clock(long nanos) {
        long seconds = nanos / 1_000_000_000L;
        return seconds >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    /** A length of time in the unit that suits it, such as {@code 1.5 ms}. */
    static String length(long nanos) {
        return lengthOf((double) nanos);
    }

    private static String lengthOf(double nanos) {
        double[] sizes = {3600e9, 60e9, 1e9, 1e6, 1e3};
        String[] units = {" h", " min", " s", " ms", " µs"};
        for (int i = 0; i < sizes.length; i++) {
            if (nanos >= sizes[i] * 0.999999) {
                return number(nanos / sizes[i]) + units[i];
            }
        }
        return number(nanos) + " ns";
    }

    /** A label of a logarithmic axis: {@code 10 ms}, {@code 1000 s}. */
    static String decade(int bin) {
        double nanos = Histogram.edgeNanos(bin);
        return nanos >= 1e9 ? number(nanos / 1e9) + " s" : lengthOf(nanos);
    }

    /** Three digits, or all before the point. */
    private static String number(double value) {
        String text = String.format(Locale.ROOT, value >= 99.95 ? "%.0f" : value >= 9.995 ? "%.1f" : "%.2f", value);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }

    /** With commas. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A coordinate. */
    static String at(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
