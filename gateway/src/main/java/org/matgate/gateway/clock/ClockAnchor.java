package org.matgate.gateway.clock;

import org.matgate.protocol.stream.Stamp;

/**
 * A reading of the clocks, by which moments near it are mapped. Immutable.
 *
 * @param uncertaintyNanos of UTC at the anchor; {@link Stamp#UNSYNCHRONISED} where nothing vouches for it
 * @param bracketNanos how far the readings may lie apart
 * @param ratePpb how much faster UTC runs than CLOCK_MONOTONIC
 * @param rawPpb how much faster CLOCK_MONOTONIC_RAW runs than CLOCK_MONOTONIC, found from this reading and the one before
 * @param bends how it ran before
 */
record ClockAnchor(
        long monotonicNanos,
        long rawNanos,
        long utcNanos,
        long uncertaintyNanos,
        long bracketNanos,
        long ratePpb,
        long rawPpb,
        Bends bends) {
    /** The rate at which the kernel lets its own bound grow while no time source speaks. */
    static final long UNCERTAINTY_GROWTH_PPB = 500_000;

    /** A time daemon slews by at most 500 ppm, on top of a quartz that is at most 500 ppm wrong. */
    private static final long MOST_RAW_PPB = 1_000_000;

    /** A reading that was torn by more tells nothing of rates. */
    private static final long TIGHT_NANOS = 50_000;

    private static final long SHORTEST_NANOS = 100_000_000;

    static ClockAnchor first(ClockReading reading, Belief belief, Bends bends) {
        return of(reading, belief, 0, bends);
    }

    ClockAnchor next(ClockReading reading, Belief belief, Bends bends) {
        long monotonic = reading.monotonicNanos() - monotonicNanos;
        if (Math.max(bracketNanos, reading.bracketNanos()) > TIGHT_NANOS || monotonic < SHORTEST_NANOS) {
            return of(reading, belief, rawPpb, bends);
        }
        long raw = reading.rawNanos() - rawNanos;
        double ppb = (raw - monotonic) * 1e9 / monotonic;
        return of(reading, belief, Math.round(Math.clamp(ppb, -MOST_RAW_PPB, MOST_RAW_PPB)), bends);
    }

    boolean synchronised() {
        return uncertaintyNanos != Stamp.UNSYNCHRONISED;
    }

    long utcOf(long monotonic) {
        long since = monotonic - monotonicNanos;
        return utcNanos + since + Scale.ppb(since, ratePpb);
    }

    /** The uncertainty of UTC at a moment, grown with its distance from the anchor. */
    long uncertaintyOf(long monotonic, long extraNanos) {
        if (!synchronised()) {
            return Stamp.UNSYNCHRONISED;
        }
        long grown = uncertaintyNanos + Scale.ppb(Math.abs(monotonic - monotonicNanos), UNCERTAINTY_GROWTH_PPB);
        return extraNanos < Stamp.UNSYNCHRONISED - grown ? grown + extraNanos : Stamp.UNSYNCHRONISED;
    }

    long rawOfMonotonic(long monotonic) {
        if (monotonic < bends.last().monotonicNanos()) {
            return bends.rawOfMonotonic(monotonic);
        }
        long since = monotonic - monotonicNanos;
        return rawNanos + since + Scale.ppb(since, rawPpb);
    }

    long monotonicOfRaw(long raw) {
        if (raw < bends.last().rawNanos()) {
            return bends.monotonicOfRaw(raw);
        }
        long since = raw - rawNanos;
        return monotonicNanos + Math.round(since / (1 + rawPpb / 1e9));
    }

    /** How far {@link #monotonicOfRaw} of a moment before this reading may be off. */
    long bendNanos(long raw) {
        // What lies between the last reading that was whole and this one goes by the rate before.
        return raw < bends.last().rawNanos()
                ? bends.bendNanos(raw)
                : Scale.ppb(Math.max(0, rawNanos - raw), MOST_RAW_PPB);
    }

    private static ClockAnchor of(ClockReading reading, Belief belief, long rawPpb, Bends bends) {
        return new ClockAnchor(
                reading.monotonicNanos(),
                reading.rawNanos(),
                belief.utcNanos(),
                belief.errorNanos(),
                reading.bracketNanos(),
                belief.ratePpb(),
                rawPpb,
                bends);
    }
}
