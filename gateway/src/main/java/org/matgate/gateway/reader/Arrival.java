package org.matgate.gateway.reader;

/**
 * When a frame came in, on CLOCK_MONOTONIC: the latest that its bytes allow, so the truth is never after it.
 *
 * @param sinceNanos when we had looked last and its first byte was not there yet, at or before {@code beganNanos}: far
 *     back where this host was late to look, or an adapter may have gathered bytes
 * @param beganNanos when its first byte began to arrive: what a reader tells in a frame happened before this
 * @param endedNanos when its last byte had arrived, at or after {@code beganNanos}
 */
record Arrival(long sinceNanos, long beganNanos, long endedNanos) {
    Arrival {
        if (endedNanos < beganNanos || beganNanos < sinceNanos) {
            throw new IllegalArgumentException(
                    "arrival not before " + sinceNanos + " began " + beganNanos + " and ended " + endedNanos);
        }
    }

    /** One that was looked for all the time. */
    Arrival(long beganNanos, long endedNanos) {
        this(beganNanos, beganNanos, endedNanos);
    }
}
