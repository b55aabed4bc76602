package org.matgate.gateway.clock;

import java.util.Optional;

/**
 * Leap seconds. {@code utcNanos} counts as POSIX does: an inserted second has the number of the one before, so that a
 * difference across it is a second short. CLOCK_MONOTONIC counts it like any other, and so do races.
 */
final class Leaps {
    static final String REASON = "leap second";

    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;

    /** CLOCK_REALTIME less CLOCK_MONOTONIC is constant but for steps; readings tell it to within their brackets. */
    private static final long EXACT_NANOS = 1_000_000;

    /**
     * A leap second between two readings.
     *
     * @param fromMonotonicNanos where UTC was counted anew
     * @param nanos by how much: minus a second where one was inserted
     */
    record Leaped(long fromMonotonicNanos, long nanos) {}

    private Leaps() {}

    static Optional<Leaped> between(ClockReading before, ClockReading now) {
        if (before.discipline().leap() == Leap.NONE && now.discipline().leap() == Leap.NONE) {
            return Optional.empty();
        }
        long moved = (now.utcNanos() - before.utcNanos()) - (now.monotonicNanos() - before.monotonicNanos());
        if (Math.abs(Math.abs(moved) - SECOND) > EXACT_NANOS + before.bracketNanos() + now.bracketNanos()) {
            return Optional.empty();
        }
        long nanos = moved < 0 ? -SECOND : SECOND;
        long midnight = (Math.floorDiv(before.utcNanos(), DAY) + 1) * DAY;
        long where = nanos < 0 ? midnight : midnight - SECOND;
        long from = before.monotonicNanos() + (where - before.utcNanos());
        if (from > now.monotonicNanos()) {
            // Not at the end of a day: somebody's step that happens to be of a second.
            return Optional.empty();
        }
        return Optional.of(new Leaped(from, nanos));
    }
}
