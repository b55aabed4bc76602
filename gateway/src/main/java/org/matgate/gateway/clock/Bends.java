package org.matgate.gateway.clock;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.matgate.gateway.clock.Knots.Knot;

/**
 * How CLOCK_MONOTONIC_RAW ran against CLOCK_MONOTONIC in this boot, up to the last reading: what a reader has held back
 * for half an hour was seen before a time daemon slewed CLOCK_MONOTONIC, and is not to be reckoned at the rate of this
 * second. Kept are straight stretches, each with how far the clocks may have strayed from it. Immutable.
 */
final class Bends {
    /** Of a time daemon that slews at every look, some hours; of one in good order, days. */
    private static final int MOST_STRETCHES = 4_096;

    /** A stretch is straight as long as no reading lies further from it. */
    private static final long STRAIGHT_NANOS = 50_000;

    /** A clock that nobody looked at for longer has a stretch of its own. */
    private static final long LONGEST_GAP_NANOS = 5_000_000_000L;

    /** Where no reading is better, torn ones do, so often. */
    private static final long TORN_EVERY_NANOS = 10_000_000_000L;

    /** A time daemon slews by at most so much. */
    private static final long SLEW_PPB = 500_000;

    private final List<Stretch> stretches;
    private final Stretch present;
    private final double leastSlope;
    private final double mostSlope;
    private final long longestGapNanos;

    /** @param bendNanos how far the clocks may have strayed from the line between its ends */
    private record Stretch(Knot from, Knot until, long bendNanos) {
        long monotonicOf(long raw) {
            long rawLength = until.rawNanos() - from.rawNanos();
            long since = raw - from.rawNanos();
            double ahead = (until.monotonicNanos() - from.monotonicNanos()) - rawLength;
            return from.monotonicNanos() + since + (rawLength <= 0 ? 0 : Math.round(since * (ahead / rawLength)));
        }

        /** Also of moments outside of it. Away from its ends no slew leads further than it is fast. */
        long bendAt(long raw) {
            long sinceFrom = raw - from.rawNanos();
            long toUntil = until.rawNanos() - raw;
            long ppb = SLEW_PPB + Math.round(Math.abs(from.slopeTo(until)) * 1e9);
            long slewed = Math.min(
                    from.tornNanos() + Scale.ppb(Math.abs(sinceFrom), ppb),
                    until.tornNanos() + Scale.ppb(Math.abs(toUntil), ppb));
            return sinceFrom < 0 || toUntil < 0 ? slewed : Math.min(slewed, bendNanos);
        }
    }

    private Bends(List<Stretch> stretches, Stretch present, double leastSlope, double mostSlope, long longestGapNanos) {
        this.stretches = stretches;
        this.present = present;
        this.leastSlope = leastSlope;
        this.mostSlope = mostSlope;
        this.longestGapNanos = longestGapNanos;
    }

    /**
     * The first reading of a process.
     *
     * @param past what is known of the boot before it, in its order
     */
    static Bends since(List<Span> past, Knot here) {
        List<Stretch> stretches = new ArrayList<>();
        for (Span span : past) {
            Knot before = stretches.isEmpty() ? span.from() : stretches.getLast().until;
            if (before.monotonicNanos() < span.from().monotonicNanos()) {
                stretches.add(new Stretch(before, span.from(), Dark.bend(before, span.from())));
            }
            boolean last = span.until().monotonicNanos() == here.monotonicNanos();
            stretches.add(new Stretch(
                    within(span.bendNanos(), span.from()),
                    last ? here : within(span.bendNanos(), span.until()),
                    span.bendNanos()));
        }
        return beginning(List.copyOf(stretches), here);
    }

    /** Where a piece ended nobody need have looked: the end lies on the line of two readings. */
    private static Knot within(long bendNanos, Knot end) {
        return new Knot(end.monotonicNanos(), end.rawNanos(), end.tornNanos() + bendNanos);
    }

    private static Bends beginning(List<Stretch> stretches, Knot here) {
        return new Bends(stretches, new Stretch(here, here, 0), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0);
    }

    /** With another reading, if it tells anything. */
    Bends next(Knot now) {
        long gap = now.monotonicNanos() - last().monotonicNanos();
        boolean torn = now.tornNanos() > Knots.TIGHT_NANOS && gap < TORN_EVERY_NANOS;
        if (gap <= 0 || now.rawNanos() <= last().rawNanos() || torn) {
            return this;
        }
        double slope = present.from.slopeTo(now);
        boolean dark = Math.max(gap, longestGapNanos) > LONGEST_GAP_NANOS;
        boolean begun = present.from.monotonicNanos() < last().monotonicNanos();
        return begun && (dark || slope < leastSlope || slope > mostSlope)
                ? beginning(withPresent(), last()).with(now)
                : with(now);
    }

    /** Every line to a later reading must pass all those between closely enough. */
    private Bends with(Knot now) {
        Knot from = present.from;
        double slope = from.slopeTo(now);
        double off = (double) (STRAIGHT_NANOS + now.tornNanos()) / (now.monotonicNanos() - from.monotonicNanos());
        long gap = Math.max(longestGapNanos, now.monotonicNanos() - last().monotonicNanos());
        long unseen = Dark.bend(new Knot(0, 0, from.tornNanos()), new Knot(gap, gap, now.tornNanos()));
        return new Bends(
                stretches,
                new Stretch(from, now, STRAIGHT_NANOS + unseen),
                Math.max(leastSlope, slope - off),
                Math.min(mostSlope, slope + off),
                gap);
    }

    private List<Stretch> withPresent() {
        List<Stretch> all = new ArrayList<>(stretches);
        all.add(present);
        return List.copyOf(all.size() > MOST_STRETCHES ? all.subList(1, all.size()) : all);
    }

    /** The last reading that told anything; moments after it are not asked for here. */
    Knot last() {
        return present.until;
    }

    /** How many stretches are kept. */
    int size() {
        return stretches.size() + 1;
    }

    long monotonicOfRaw(long raw) {
        return at(raw, Knot::rawNanos).monotonicOf(raw);
    }

    long rawOfMonotonic(long monotonic) {
        Stretch stretch = at(monotonic, Knot::monotonicNanos);
        return stretch.from.towards(stretch.until, monotonic).rawNanos();
    }

    /** How far {@link #monotonicOfRaw} of this moment may be off. */
    long bendNanos(long raw) {
        return at(raw, Knot::rawNanos).bendAt(raw);
    }

    /** The stretch in which it lies; the oldest, if it lies before that. */
    private Stretch at(long nanos, ToLongFunction<Knot> clock) {
        if (stretches.isEmpty() || nanos >= clock.applyAsLong(present.from)) {
            return present;
        }
        int low = 0;
        int high = stretches.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (clock.applyAsLong(stretches.get(middle).from) <= nanos) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return stretches.get(low);
    }
}
