package org.matgate.gateway.clock;

import java.util.ArrayList;
import java.util.List;
import org.matgate.gateway.clock.Knots.Knot;
import org.matgate.protocol.stream.Event.ClockSource;

/**
 * A stretch of the boot's past over which CLOCK_MONOTONIC_RAW ran straight against CLOCK_MONOTONIC, and what has been
 * told of it. Immutable.
 *
 * @param bendNanos how far the clocks may have strayed from the line between the two ends
 * @param leapNanos by how much leap seconds had moved UTC until then
 */
record Span(Knot from, Knot until, long bendNanos, long leapNanos, Told told) {
    /** Each kept span is looked at again and again, so there are not many. */
    static final int MOST = 64;

    /** Two spans of which nothing vouches are one as long as they are as straight. */
    private static final long STRAIGHT_NANOS = 200_000;

    private static final double NEVER = 1e15;

    Span merged(Span next) {
        return new Span(from, next.until, mergedBend(next), leapNanos, told.merged(next.told, until.monotonicNanos()));
    }

    long lengthNanos() {
        return until.monotonicNanos() - from.monotonicNanos();
    }

    private long mergedBend(Span next) {
        long strayed = Math.abs(from.towards(next.until, until.monotonicNanos()).rawNanos() - until.rawNanos());
        return Math.max(bendNanos, next.bendNanos) + strayed;
    }

    private boolean meets(Span next) {
        return until.monotonicNanos() == next.from.monotonicNanos() && leapNanos == next.leapNanos;
    }

    private double costOfMerging(Span next) {
        if (!meets(next)) {
            return Double.POSITIVE_INFINITY;
        }
        return mergedBend(next) + (told.agrees(next.told, until.monotonicNanos()) ? 0 : NEVER);
    }

    /** Adds a span behind others; where there are too many, those two become one that lose least by it. */
    static void append(List<Span> spans, Span span) {
        if (span.lengthNanos() <= 0) {
            return;
        }
        if (!spans.isEmpty()) {
            Span last = spans.getLast();
            if (last.meets(span)
                    && last.told.source() == ClockSource.NONE
                    && span.told.source() == ClockSource.NONE
                    && last.mergedBend(span) <= STRAIGHT_NANOS) {
                spans.set(spans.size() - 1, last.merged(span));
                return;
            }
        }
        spans.add(span);
        shorten(spans);
    }

    static void shorten(List<Span> spans) {
        while (spans.size() > MOST) {
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i + 1 < spans.size(); i++) {
                double cost = spans.get(i).costOfMerging(spans.get(i + 1));
                if (cost < least) {
                    least = cost;
                    best = i;
                }
            }
            Span first = spans.remove(best);
            if (least < NEVER) {
                spans.set(best, first.merged(spans.get(best)));
            }
            // Else the oldest goes: what was told of it stands.
        }
    }

    /** Moments from the first to the last, evenly spread. */
    List<Knot> moments(int count) {
        List<Knot> moments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long at = from.monotonicNanos() + Math.round((double) lengthNanos() * i / (count - 1));
            moments.add(i == count - 1 ? until : i == 0 ? from : from.towards(until, at));
        }
        return moments;
    }
}
