package org.matgate.gateway.gpio;

import java.util.Optional;

/**
 * Finds the pulses in the edges of one line, which may bounce at closing and at release. Moments are on CLOCK_MONOTONIC,
 * in nanoseconds. Not thread-safe; no I/O.
 *
 * <ul>
 *   <li>A pulse begins with the first edge of a line that was inactive and calm for {@value #SETTLE_NANOS} ns. It counts
 *       whichever direction is told: the direction is the level that somebody found a little later, when a short pulse
 *       may be over already.
 *   <li>What follows within {@value #BOUNCE_NANOS} ns of a pulse's beginning is its bouncing, as is every edge of a line
 *       that was active or not calm: so is a release.
 *   <li>An edge from before the arming is stale. As long after it as a line takes to calm down, an edge must be told as
 *       active to count.
 *   <li>A pulse within the lock-out after the last one outside of it is told as such.
 * </ul>
 */
final class EdgeFilter {
    /** How long a line must be without an edge to be calm. Contacts bounce for some milliseconds. */
    static final long SETTLE_NANOS = 50_000_000L;

    /** For how long after its beginning a pulse has no second one. */
    static final long BOUNCE_NANOS = 100_000_000L;

    /** A level found in a calm line is believed when it is found again so much later: an edge may be on its way. */
    static final long CONFIRM_NANOS = 20_000_000L;

    /** No contact bounces for so long: a loose wire, or one that hums. */
    static final long CHATTER_NANOS = 2_000_000_000L;

    private final long lockoutNanos;
    private long armedNanos;
    private boolean active;
    private boolean edgeSinceArmed;
    private long lastEdgeNanos;
    private boolean pulsed;
    private long pulseNanos;
    private boolean counted;
    private long countedNanos;
    private long missed;
    private long burstNanos;
    private boolean levelAsked;
    private boolean levelFound;
    private boolean foundActive;
    private long foundNanos;
    private long bounces;
    private long stale;

    /**
     * The beginning of a pulse.
     *
     * @param edgesMissed how many edges were lost right before it: it may have begun with one of them
     */
    record Pulse(long nanos, boolean withinLockout, int edgesMissed) {}

    EdgeFilter(long lockoutNanos) {
        this.lockoutNanos = lockoutNanos;
    }

    /** The line is ours from now on. What was before is kept for the lock-out only. */
    void armed(boolean activeNow, long nowNanos) {
        armedNanos = nowNanos;
        active = activeNow;
        edgeSinceArmed = false;
        lastEdgeNanos = nowNanos;
        burstNanos = nowNanos;
        askLevel();
    }

    /**
     * An edge.
     *
     * @param activeAfter the level after it, as it was found
     * @param missedBefore how many edges were lost between the last one and this
     */
    Optional<Pulse> edge(long nanos, boolean activeAfter, int missedBefore) {
        if (nanos < armedNanos) {
            stale++;
            return Optional.empty();
        }
        missed += missedBefore;
        if (nanos - lastEdgeNanos >= SETTLE_NANOS) {
            burstNanos = nanos;
        }
        boolean calm = nanos - lastEdgeNanos >= SETTLE_NANOS || (!edgeSinceArmed && activeAfter);
        boolean bouncing = pulsed && nanos - pulseNanos < BOUNCE_NANOS;
        boolean begins = calm && !active && !bouncing;
        boolean released = active && !activeAfter;
        active = activeAfter;
        edgeSinceArmed = true;
        lastEdgeNanos = nanos;
        askLevel();
        if (!begins) {
            // A plain release is no bounce.
            bounces += released && calm ? 0 : 1;
            return Optional.empty();
        }
        return Optional.of(pulse(nanos, missedBefore));
    }

    private Pulse pulse(long nanos, int missedBefore) {
        pulsed = true;
        pulseNanos = nanos;
        boolean within = counted && nanos - countedNanos < lockoutNanos;
        if (!within) {
            counted = true;
            countedNanos = nanos;
        }
        return new Pulse(nanos, within, missedBefore);
    }

    private void askLevel() {
        levelAsked = true;
        levelFound = false;
    }

    /** From when on the line's level is wanted, as edges told wrongly must not decide for ever; else the far future. */
    long levelWantedNanos() {
        if (!levelAsked) {
            return Long.MAX_VALUE;
        }
        return levelFound ? foundNanos + CONFIRM_NANOS : lastEdgeNanos + SETTLE_NANOS;
    }

    /** The level was found so, and all edges from before have been told. */
    void level(boolean activeNow, long nowNanos) {
        if (nowNanos < levelWantedNanos()) {
            return;
        }
        if (levelFound && foundActive == activeNow) {
            active = activeNow;
            levelAsked = false;
        } else {
            levelFound = true;
            foundActive = activeNow;
            foundNanos = nowNanos;
        }
    }

    /** The level as it is believed now. */
    boolean active() {
        return active;
    }

    /** Edges that were neither a pulse's beginning nor its plain end. */
    long bounces() {
        return bounces;
    }

    /** Edges that were lost on their way to us. */
    long missed() {
        return missed;
    }

    /** Whether the line has had no calm for {@value #CHATTER_NANOS} ns, so that no pulse can begin. */
    boolean chatters(long nowNanos) {
        return lastEdgeNanos - burstNanos >= CHATTER_NANOS && nowNanos - lastEdgeNanos < SETTLE_NANOS;
    }

    /** Edges from before the arming. */
    long stale() {
        return stale;
    }
}
