package org.matgate.protocol.stream;

/** One end's clock, as Ping and Pong tell it to the other. Implementations are thread-safe. */
@FunctionalInterface
public interface WallClock {
    /** Now, nanoseconds since 1970. */
    long utcNanos();

    /** How wrong that may be, nanoseconds, more than 0; 0 where nobody says. */
    default long uncertaintyNanos() {
        return 0;
    }
}
