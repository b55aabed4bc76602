package org.matgate.simulator.race;

import java.util.OptionalLong;

/**
 * How the clock of a box behaves in a rehearsal.
 *
 * @param startsUtcNanos what it shows when the box boots, nanoseconds since 1970; empty: the truth and {@code errorNanos}
 * @param errorNanos how wrong it is when the box boots
 * @param synchronised whether somebody tells the box the time from the beginning; then it is neither of these
 * @param maxErrorNanos what the box may be wrong while it is synchronised, as its time daemon says; more than 0
 * @param driftPpb how fast its quartz runs against the truth, in thousand millionths; empty: some, by the seed
 * @param wobblePpm how far the quartz strays from that, in millionths
 */
public record ClockTable(
        String box,
        OptionalLong startsUtcNanos,
        long errorNanos,
        boolean synchronised,
        long maxErrorNanos,
        OptionalLong driftPpb,
        double wobblePpm) {
    /** What the time daemon of a box claims that has no table of its own. */
    static final double USUAL_MAX_ERROR_SECONDS = 0.001;

    static final double USUAL_WOBBLE_PPM = 0.2;

    /** The clock of a box of which a scenario says nothing. */
    public static ClockTable usual(String box) {
        return new ClockTable(
                box,
                OptionalLong.empty(),
                0,
                true,
                Math.round(USUAL_MAX_ERROR_SECONDS * 1e9),
                OptionalLong.empty(),
                USUAL_WOBBLE_PPM);
    }
}
