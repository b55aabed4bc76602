package org.matgate.gateway;

import java.util.OptionalLong;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.clock.ClockWatch;
import org.matgate.gateway.uplink.UplinkListener;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.WallClock;

/** The box's time for its engines, and theirs for a box that does not know it. Thread-safe. */
record BoxTime(BoxClock clock, ClockWatch watch) implements WallClock, UplinkListener {
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

    @Override
    public OptionalLong engineClockWanted() {
        return watch.status().synchronised() ? OptionalLong.empty() : OptionalLong.of(clock.monotonicNanos());
    }

    @Override
    public void engineClock(String engine, long askedMonotonicNanos, long utcNanos, long uncertaintyNanos) {
        watch.engineClock(engine, askedMonotonicNanos, clock.monotonicNanos(), utcNanos, uncertaintyNanos);
    }
}
