package org.matgate.gateway;

import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.clock.ClockWatch;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.WallClock;

/** The box's time for its engines. Thread-safe. */
record BoxTime(BoxClock clock, ClockWatch watch) implements WallClock {
    @Override
    public long utcNanos() {
        return now().utcNanos();
    }

    @Override
    public long uncertaintyNanos() {
        Stamp now = now();
        return now.synchronised() ? now.uncertaintyNanos() : 0;
    }

    private Stamp now() {
        return watch.stamp(clock.monotonicNanos(), 0);
    }
}
