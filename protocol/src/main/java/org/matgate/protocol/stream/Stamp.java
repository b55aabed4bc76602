package org.matgate.protocol.stream;

import java.util.UUID;

/**
 * When something happened: what was measured, and what UTC it was believed to be.
 *
 * @param bootId the kernel's id of the boot whose monotonic clock is meant
 * @param monotonicNanos CLOCK_MONOTONIC of that boot, nanoseconds
 * @param utcNanos nanoseconds since 1970-01-01T00:00Z, as believed when the event was taken
 * @param uncertaintyNanos how far {@code utcNanos} may be from the truth, more than 0: the clock's and the moment's
 *     together; {@link #UNSYNCHRONISED} where nothing vouched for the clock, so that {@code utcNanos} is a guess without
 *     a bound
 * @param momentUncertaintyNanos how far {@code monotonicNanos} may be from the moment that is meant, at least 0: what the
 *     mapping of a reader's own time and the way to the box add. No clock that is put right takes it away
 */
public record Stamp(
        UUID bootId, long monotonicNanos, long utcNanos, long uncertaintyNanos, long momentUncertaintyNanos) {
    /** The uncertainty of a clock that nothing vouches for. */
    public static final long UNSYNCHRONISED = Long.MAX_VALUE;

    public Stamp {
        if (uncertaintyNanos <= 0) {
            throw new IllegalArgumentException("uncertainty " + uncertaintyNanos + " ns; want more than 0");
        }
        if (momentUncertaintyNanos < 0) {
            throw new IllegalArgumentException(
                    "uncertainty of the moment " + momentUncertaintyNanos + " ns; want at least 0");
        }
    }

    /** Whether something vouched for the clock. */
    public boolean synchronised() {
        return uncertaintyNanos != UNSYNCHRONISED;
    }
}
