package org.matgate.simulator.rehearsal;

/**
 * How far what carries the race is behind it.
 *
 * @param lateNanos how late the latest mat is with what it is to see
 * @param readsInBoxes reads that went out whole and are in no journal yet, at the box that has most of them
 * @param eventsToEngine events in journals that an engine which is there does not hold yet
 * @param unsettled whether a box starts, or brings a mat back to reading
 */
record Lag(long lateNanos, long readsInBoxes, long eventsToEngine, boolean unsettled) {
    /** None. */
    static final Lag NONE = new Lag(0, 0, 0, false);

    /** A mat that is later is a link that does not carry more. */
    private static final double MOST_LATE_NANOS = 60_000_000;

    /** A box takes 50,000 before it loses any. */
    private static final double MOST_READS_IN_BOX = 4_000;

    /** Nothing is lost however many they are, but what the announcer hears of comes the later. */
    private static final double MOST_EVENTS_TO_ENGINE = 12_000;

    /** The worst of them as a share of what may be: more than 1 is too much. */
    double share() {
        return Math.max(
                lateNanos / MOST_LATE_NANOS,
                Math.max(readsInBoxes / MOST_READS_IN_BOX, eventsToEngine / MOST_EVENTS_TO_ENGINE));
    }
}
