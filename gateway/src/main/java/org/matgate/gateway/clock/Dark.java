package org.matgate.gateway.clock;

import java.util.Optional;
import org.matgate.gateway.clock.Knots.Knot;

/** Stretches of a boot in which no process of ours looked at the clocks. */
final class Dark {
    /** A time daemon slews by at most 500 ppm: half of that is how far the middle may be from the line of the ends. */
    private static final long UNSEEN_PPB = 250_000;

    /** What lies longer before a first start is of no interest to a race. */
    private static final long LONGEST_NANOS = 86_400_000_000_000L;

    private Dark() {}

    static long bend(Knot from, Knot until) {
        return Scale.ppb(until.monotonicNanos() - from.monotonicNanos(), UNSEEN_PPB)
                + from.tornNanos()
                + until.tornNanos();
    }

    /** The boot's beginning, if it was not long before the first reading; both clocks count from it. */
    static Optional<Knot> beginning(Knot first) {
        long ahead = first.rawNanos() - first.monotonicNanos();
        boolean both = Math.abs(ahead) <= Scale.ppb(first.monotonicNanos(), 1_000_000);
        return first.monotonicNanos() <= 0 || first.monotonicNanos() > LONGEST_NANOS
                ? Optional.empty()
                : Optional.of(new Knot(0, both ? 0 : ahead, 0));
    }
}
