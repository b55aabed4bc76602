package org.matgate.gateway.reader;

/**
 * When a frame came in, on CLOCK_MONOTONIC: the latest that its bytes allow, so the truth is never after it.
 *
 * @param beganNanos when its first byte began to arrive: what a reader tells in a frame happened before this
 * @param endedNanos when its last byte had arrived, at or after {@code beganNanos}
 */
record Arrival(long beganNanos, long endedNanos) {
    Arrival {
        if (endedNanos < beganNanos) {
            throw new IllegalArgumentException("arrival ended " + endedNanos + " before it began " + beganNanos);
        }
    }
}
