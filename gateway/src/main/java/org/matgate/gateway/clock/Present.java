package org.matgate.gateway.clock;

import java.util.Locale;
import org.matgate.gateway.clock.Knots.Knot;
import org.matgate.gateway.clock.Leaps.Leaped;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Stamp;

/**
 * The piece that tells of the present, and when it no longer does. Immutable.
 *
 * @param told what it tells
 * @param fromMonotonicNanos when it was told
 * @param bracketNanos how far the reading of its anchor may be torn
 * @param synchronised whether a time daemon steered the clock then
 */
record Present(Told told, long fromMonotonicNanos, long bracketNanos, boolean synchronised) {
    /** UTC that moved by more was stepped: a slew of 500 ppm does not come that far between two readings. */
    static final long STEP_NANOS = 10_000_000;

    /** CLOCK_MONOTONIC that strayed by more from its line against CLOCK_MONOTONIC_RAW was slewed. */
    static final long BEND_NANOS = 200_000;

    /** A bound that has become smaller is told so seldom; the stamps carry it at once. */
    static final long BETTER_AFTER_NANOS = 60_000_000_000L;

    /** A boot without any vouched time leaves a trace so often, from which a later process can reckon. */
    static final long TRACE_NANOS = 300_000_000_000L;

    /** More is told than is needed, so that a bound that worsens a little needs no piece. */
    private static final long SLACK_NANOS = 100_000;

    /**
     * Why a new piece begins.
     *
     * @param reason empty: it does not
     * @param better whether what it tells is only better than what was told, which so was true until now
     */
    record Change(String reason, boolean better) {
        private static final Change NONE = new Change("", false);
    }

    static Present of(Knot here, Belief is, Vouched now, Knot from) {
        long uncertainty = is.vouchedFor() ? is.errorNanos() + is.errorNanos() / 4 + SLACK_NANOS : Stamp.UNSYNCHRONISED;
        Told told =
                new Told(here.monotonicNanos(), is.utcNanos(), is.ratePpb(), uncertainty, is.growthPpb(), is.source());
        return new Present(told, here.monotonicNanos(), now.clocks().bracketNanos(), is.synchronised());
    }

    /** As if this had been told. */
    Present toldInstead(Told instead) {
        return new Present(instead, fromMonotonicNanos, bracketNanos, false);
    }

    static Change leaped(Leaped leap) {
        return new Change(
                Leaps.REASON + (leap.nanos() < 0 ? " inserted" : " left out")
                        + ": a difference of UTC across it is a second " + (leap.nanos() < 0 ? "short" : "long"),
                false);
    }

    Change change(Belief is, Vouched now, Knots knots) {
        Knot here = Knot.of(now.clocks());
        long at = here.monotonicNanos();
        long moved = is.utcNanos() - told.utcAt(at);
        if (is.synchronised() != synchronised) {
            return new Change(
                    is.synchronised()
                            ? "synchronised, UTC moved by " + signedMillis(moved)
                            : "synchronisation lost, " + describe(is),
                    is.synchronised());
        }
        if ((is.source() == ClockSource.NONE) != (told.source() == ClockSource.NONE)
                || (!synchronised && is.source() != told.source())) {
            return new Change(describe(is), true);
        }
        return is.vouchedFor() ? changeOfBound(is, now, moved, knots) : changeOfNothing(moved, at, knots, here);
    }

    private Change changeOfNothing(long moved, long at, Knots knots, Knot here) {
        if (Math.abs(moved) > STEP_NANOS) {
            return new Change("stepped by " + signedMillis(moved) + ", not synchronised", false);
        }
        if (knots.surelyBent(here) > BEND_NANOS) {
            return new Change("slewed, not synchronised", false);
        }
        return at - fromMonotonicNanos >= TRACE_NANOS ? new Change("still not synchronised", false) : Change.NONE;
    }

    private Change changeOfBound(Belief is, Vouched now, long moved, Knots knots) {
        long at = now.clocks().monotonicNanos();
        long surely = Math.abs(moved) - (now.clocks().bracketNanos() + bracketNanos + 1) / 2;
        long was = told.uncertaintyAt(at);
        if (surely > Math.min(STEP_NANOS, was)) {
            return new Change("stepped by " + signedMillis(moved), false);
        }
        if (Math.max(0, surely) + is.errorNanos() > was) {
            return new Change("uncertainty now " + millis(is.errorNanos()) + ", was " + millis(was), false);
        }
        if (is.errorNanos() < was / 2 && at - fromMonotonicNanos >= BETTER_AFTER_NANOS) {
            return new Change("uncertainty now " + millis(is.errorNanos()) + ", was " + millis(was), true);
        }
        if (knots.surelyBent(Knot.of(now.clocks())) > BEND_NANOS) {
            return new Change("slewed", false);
        }
        return Change.NONE;
    }

    /** What is believed, for a person. */
    static String describe(Belief is) {
        if (!is.vouchedFor()) {
            return "not synchronised";
        }
        return "UTC within " + millis(is.errorNanos()) + (is.note().isEmpty() ? "" : ", " + is.note());
    }

    static String within(long uncertaintyNanos) {
        return uncertaintyNanos == Stamp.UNSYNCHRONISED ? "not synchronised" : "within " + millis(uncertaintyNanos);
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
    }

    private static String signedMillis(long nanos) {
        return (nanos < 0 ? "" : "+") + millis(nanos);
    }
}
