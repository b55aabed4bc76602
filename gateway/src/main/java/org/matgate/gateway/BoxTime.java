package org.matgate.gateway;

import java.util.OptionalLong;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.clock.ClockWatch;
import org.matgate.gateway.gpio.Pins;
import org.matgate.gateway.uplink.UplinkListener;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.WallClock;

/** What the box and its engines tell each other of the time, and who looks for the box. Thread-safe. */
record BoxTime(BoxClock clock, ClockWatch watch, Pins pins) implements WallClock, UplinkListener {
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

    @Override
    public void beep(String engine, int seconds) {
        pins.find("engine " + engine, seconds);
    }
}
