package org.matgate.gateway.clock;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.matgate.gateway.clock.Knots.Knot;
import org.matgate.gateway.clock.UtcLine.Bound;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Stamp;

/** What is known by now of a stretch of the past, and whether that is worth being told. Immutable. */
final class Restatement {
    /** What was told is left alone when it is as good as this: no finish is decided by less. */
    static final long GOOD_NANOS = 2_000_000;

    /** The line of what is known has few corners; one that falls between two moments is missed by this part of it. */
    private static final int MOMENTS = 17;

    private static final double MARGIN = 1.02;

    private final Span span;
    private final ClockSource source;
    private final List<Knot> moments;
    private final long[] utc = new long[MOMENTS];
    private final long[] error = new long[MOMENTS];

    /** A straight piece of the past, with what is to be told of it. */
    record Part(Knot from, Knot until, Knot anchor, Told told) {}

    private Restatement(Span span, ClockSource source) {
        this.span = span;
        this.source = source;
        this.moments = span.moments(MOMENTS);
    }

    /**
     * What a line knows of a span.
     *
     * @param line UTC by CLOCK_MONOTONIC_RAW
     */
    static Optional<Restatement> of(Span span, ClockSource source, LongFunction<Optional<Bound>> line) {
        Restatement known = new Restatement(span, source);
        for (int i = 0; i < MOMENTS; i++) {
            Optional<Bound> bound = line.apply(known.moments.get(i).rawNanos());
            if (bound.isEmpty()) {
                return Optional.empty();
            }
            known.utc[i] = bound.get().utcNanos() + span.leapNanos();
            known.error[i] = bound.get().errorNanos() + span.bendNanos() + 1;
        }
        return Optional.of(known);
    }

    /** Whether it halves what was told, or shows it to be wrong. */
    boolean worthTelling() {
        Told told = span.told();
        boolean vouched = source == ClockSource.KERNEL || source == ClockSource.CHRONY;
        if (told.synchronised() && !vouched) {
            return false;
        }
        long mostTold = 0;
        for (int i = 0; i < MOMENTS; i++) {
            long at = moments.get(i).monotonicNanos();
            long uncertainty = told.uncertaintyAt(at);
            mostTold = Math.max(mostTold, uncertainty);
            boolean wrong =
                    uncertainty != Stamp.UNSYNCHRONISED && Math.abs(told.utcAt(at) - utc[i]) > uncertainty + error[i];
            // Whether engine or crew is wrong nobody knows; the one with the smaller uncertainty holds.
            if (wrong && (vouched || told.source() == source)) {
                return true;
            }
        }
        return mostTold > GOOD_NANOS && mostNanos() < mostTold / 2;
    }

    /** How wrong it may be at the worst moment. */
    long mostNanos() {
        long most = 0;
        for (long one : error) {
            most = Math.max(most, one);
        }
        return most;
    }

    /** One piece, or two where the uncertainty is greatest between the ends. */
    List<Part> parts() {
        int worst = 0;
        for (int i = 0; i < MOMENTS; i++) {
            worst = error[i] > error[worst] ? i : worst;
        }
        int last = MOMENTS - 1;
        boolean tent = worst > 0 && worst < last && error[worst] > 1.1 * Math.max(error[0], error[last]);
        List<Part> parts = new ArrayList<>();
        if (tent) {
            parts.add(part(0, worst));
            parts.add(part(worst, last));
        } else {
            parts.add(part(0, last));
        }
        return parts;
    }

    private Part part(int first, int last) {
        int anchor = error[last] <= error[first] ? last : first;
        int other = anchor == last ? first : last;
        long length = monotonic(other) - monotonic(anchor);
        double rate = (double) (utc[other] - utc[anchor] - length) / length;
        double growth = 0;
        for (int i = first; i <= last; i++) {
            long since = monotonic(i) - monotonic(anchor);
            if (since != 0) {
                long line = utc[anchor] + since + Math.round(since * rate);
                double needed = (double) error[i] - error[anchor] + Math.abs(utc[i] - line);
                growth = Math.max(growth, needed / Math.abs(since));
            }
        }
        Told told = new Told(
                monotonic(anchor),
                utc[anchor],
                Math.round(rate * 1e9),
                (long) (error[anchor] * MARGIN) + Math.abs(length) / 1_000_000_000 + 1,
                (long) Math.ceil(growth * 1e9 * MARGIN),
                source);
        return new Part(moments.get(first), moments.get(last), moments.get(anchor), told);
    }

    private long monotonic(int i) {
        return moments.get(i).monotonicNanos();
    }
}
