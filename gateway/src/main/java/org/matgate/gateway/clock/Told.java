package org.matgate.gateway.clock;

import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.Stamp;

/** What a piece of the map says: a line from CLOCK_MONOTONIC to UTC, and how wrong it may be. Immutable. */
record Told(
        long anchorMonotonicNanos,
        long anchorUtcNanos,
        long ratePpb,
        long uncertaintyNanos,
        long growthPpb,
        ClockSource source) {
    static final Told NOTHING = new Told(0, 0, 0, Stamp.UNSYNCHRONISED, 0, ClockSource.NONE);

    static Told of(ClockState piece) {
        return new Told(
                piece.anchorMonotonicNanos(),
                piece.anchorUtcNanos(),
                piece.ratePpb(),
                piece.uncertaintyNanos(),
                piece.uncertaintyGrowthPpb(),
                piece.source());
    }

    long utcAt(long monotonicNanos) {
        long since = monotonicNanos - anchorMonotonicNanos;
        return anchorUtcNanos + since + Math.round(since * (ratePpb / 1e9));
    }

    /** {@link Stamp#UNSYNCHRONISED} where nothing vouches for it. */
    long uncertaintyAt(long monotonicNanos) {
        if (uncertaintyNanos == Stamp.UNSYNCHRONISED || source == ClockSource.NONE) {
            return Stamp.UNSYNCHRONISED;
        }
        return uncertaintyNanos + Scale.ppb(Math.abs(monotonicNanos - anchorMonotonicNanos), growthPpb);
    }

    /** Whether time daemon and kernel vouched for it. */
    boolean synchronised() {
        return source == ClockSource.KERNEL || source == ClockSource.CHRONY;
    }

    /** Whether one stands for both on either side of a moment. */
    boolean agrees(Told next, long monotonicNanos) {
        if (source == ClockSource.NONE || next.source == ClockSource.NONE) {
            return source == next.source;
        }
        return synchronised() == next.synchronised()
                && Math.abs(utcAt(monotonicNanos) - next.utcAt(monotonicNanos))
                        <= Math.min(uncertaintyAt(monotonicNanos), next.uncertaintyAt(monotonicNanos));
    }

    /** What was told of two neighbours, taken together: the worse. */
    Told merged(Told next, long monotonicNanos) {
        return agrees(next, monotonicNanos) && next.uncertaintyAt(monotonicNanos) >= uncertaintyAt(monotonicNanos)
                ? next
                : agrees(next, monotonicNanos) ? this : NOTHING;
    }
}
