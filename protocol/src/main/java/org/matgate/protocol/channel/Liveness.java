package org.matgate.protocol.channel;

import java.time.Duration;

/**
 * When a silent peer is asked for a sign of life, and when it is given up.
 *
 * @param pingAfter silence before a Ping, and between two; at least 4 ms
 * @param deadAfter silence that ends the connection, more than {@code pingAfter}
 */
public record Liveness(Duration pingAfter, Duration deadAfter) {
    /** What the contract says: a Ping after 2 s, the end after 10 s. */
    public static final Liveness DEFAULT = new Liveness(Duration.ofSeconds(2), Duration.ofSeconds(10));

    /** Silence is looked for this many times within {@code pingAfter}. */
    static final int TICKS_A_PING = 4;

    public Liveness {
        if (pingAfter.toMillis() < TICKS_A_PING || deadAfter.compareTo(pingAfter) <= 0) {
            throw new IllegalArgumentException("ping after " + pingAfter + ", dead after " + deadAfter
                    + "; want at least " + TICKS_A_PING + " ms, then more than that");
        }
    }

    long tickNanos() {
        return pingAfter.toNanos() / TICKS_A_PING;
    }

    /** The ticks without a byte after which the peer is given up, rounded up. */
    int ticksUntilDead() {
        return Math.toIntExact((deadAfter.toNanos() + tickNanos() - 1) / tickNanos());
    }
}
