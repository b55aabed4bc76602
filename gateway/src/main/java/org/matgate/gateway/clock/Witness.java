package org.matgate.gateway.clock;

import java.util.Optional;
import org.matgate.gateway.clock.UtcLine.Bound;
import org.matgate.gateway.clock.UtcLine.Rate;
import org.matgate.protocol.stream.Event.ClockSource;

/** Someone who says what UTC is, by CLOCK_MONOTONIC_RAW. */
record Witness(ClockSource source, Line line) {
    /** What he says. */
    interface Line {
        /** UTC at a moment, counted on through leap seconds; empty where nothing is known. */
        Optional<Bound> at(long rawNanos);

        /** How much faster UTC runs than CLOCK_MONOTONIC_RAW. */
        Rate rate();
    }

    Optional<Bound> at(long rawNanos) {
        return line.at(rawNanos);
    }

    Rate rate() {
        return line.rate();
    }
}
