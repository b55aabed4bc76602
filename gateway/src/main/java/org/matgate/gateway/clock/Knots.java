package org.matgate.gateway.clock;

import java.util.ArrayList;
import java.util.List;

/**
 * How CLOCK_MONOTONIC_RAW ran against CLOCK_MONOTONIC since a moment, by a bounded number of readings, and how far that
 * is from a straight line: a time daemon that slews CLOCK_MONOTONIC bends it. Not thread-safe.
 */
final class Knots {
    /** A reading that was torn by more tells nothing of bends. */
    static final long TIGHT_NANOS = 50_000;

    /** Between two readings a slew of 500 ppm that begins half-way strays by so much of the time between them. */
    private static final long UNSEEN_PPB = 125_000;

    private static final int MOST_KNOTS = 32;
    private static final long LONGEST_UNSEEN_NANOS = 60_000_000_000L;

    private final List<Knot> between = new ArrayList<>();
    private final Knot first;
    private Knot last;
    private boolean added;
    private long spacingNanos;
    private long longestGapNanos;

    /**
     * A reading of both clocks.
     *
     * @param tornNanos how far they may lie apart
     */
    record Knot(long monotonicNanos, long rawNanos, long tornNanos) {
        static Knot of(ClockReading reading) {
            return new Knot(reading.monotonicNanos(), reading.rawNanos(), reading.bracketNanos());
        }

        /** The knot at a moment on the straight line from here to another one. */
        Knot towards(Knot other, long monotonic) {
            double slope = slopeTo(other);
            long since = monotonic - monotonicNanos;
            return new Knot(
                    monotonic, rawNanos + since + Math.round(since * slope), Math.max(tornNanos, other.tornNanos));
        }

        /** How much faster CLOCK_MONOTONIC_RAW ran than CLOCK_MONOTONIC, in parts of one. */
        double slopeTo(Knot other) {
            long monotonic = other.monotonicNanos - monotonicNanos;
            return monotonic == 0 ? 0 : (double) ((other.rawNanos - rawNanos) - monotonic) / monotonic;
        }
    }

    Knots(Knot first) {
        this.first = first;
        this.last = first;
    }

    Knot first() {
        return first;
    }

    Knot last() {
        return last;
    }

    void add(Knot knot) {
        longestGapNanos = Math.max(longestGapNanos, knot.monotonicNanos - last.monotonicNanos);
        if (added && last.tornNanos <= TIGHT_NANOS && sinceSample() >= spacingNanos) {
            between.add(last);
            if (between.size() > MOST_KNOTS) {
                spacingNanos = Math.max(2_000_000_000L, spacingNanos * 2);
                for (int i = between.size() - 2; i >= 0; i -= 2) {
                    between.remove(i);
                }
            }
        }
        last = knot;
        added = true;
    }

    private long sinceSample() {
        return last.monotonicNanos - (between.isEmpty() ? first : between.getLast()).monotonicNanos;
    }

    /** How far the clocks strayed from the line between the first and this reading, as far as it is sure. */
    long surelyBent(Knot now) {
        return Math.max(0, strayed(now) - first.tornNanos - now.tornNanos);
    }

    /** How far any moment from the first to the last reading may be from the line between them. */
    long bend() {
        return strayed(last)
                + first.tornNanos
                + last.tornNanos
                + Scale.ppb(Math.min(longestGapNanos, LONGEST_UNSEEN_NANOS), UNSEEN_PPB);
    }

    private long strayed(Knot now) {
        long most = 0;
        for (Knot knot : between) {
            most = Math.max(most, Math.abs(first.towards(now, knot.monotonicNanos).rawNanos - knot.rawNanos));
        }
        if (added && last.tornNanos <= TIGHT_NANOS) {
            most = Math.max(most, Math.abs(first.towards(now, last.monotonicNanos).rawNanos - last.rawNanos));
        }
        return most;
    }
}
