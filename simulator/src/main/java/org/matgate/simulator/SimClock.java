package org.matgate.simulator;

import java.time.Instant;

/** The simulator's own clock, the truth of every rehearsal. Thread-safe. */
public interface SimClock {
    /** CLOCK_MONOTONIC of this machine, nanoseconds. */
    long monotonicNanos();

    /** True UTC, nanoseconds since 1970: CLOCK_REALTIME at the simulator's start, carried on by the monotonic clock. */
    long utcNanos(long monotonicNanos);

    /** This machine's clock. */
    static SimClock system() {
        Instant now = Instant.now();
        long monotonic = System.nanoTime();
        long offset = now.getEpochSecond() * 1_000_000_000L + now.getNano() - monotonic;
        return new SimClock() {
            @Override
            public long monotonicNanos() {
                return System.nanoTime();
            }

            @Override
            public long utcNanos(long monotonicNanos) {
                return monotonicNanos + offset;
            }
        };
    }
}
