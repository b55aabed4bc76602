package org.matgate.gateway.clock;

import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Stamp;

/**
 * What the box believes of the moment of a reading.
 *
 * @param synchronised whether a time daemon steers the clock now; else UTC is reckoned from what is known
 * @param errorNanos {@link Stamp#UNSYNCHRONISED} where nothing vouches
 * @param ratePpb how much faster UTC runs than CLOCK_MONOTONIC
 * @param growthPpb how fast the error grows while nothing new is heard
 * @param note what a person should know of it besides; may be empty
 */
record Belief(
        boolean synchronised,
        long utcNanos,
        long errorNanos,
        long ratePpb,
        long growthPpb,
        ClockSource source,
        String note) {
    boolean vouchedFor() {
        return errorNanos != Stamp.UNSYNCHRONISED;
    }
}
