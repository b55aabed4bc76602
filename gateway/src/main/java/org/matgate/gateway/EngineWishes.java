package org.matgate.gateway;

import java.util.OptionalLong;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.clock.ClockWatch;
import org.matgate.gateway.gpio.Pins;
import org.matgate.gateway.uplink.UplinkListener;

/** What engines tell the box besides acknowledging: their time, for a box that has none, and to beep. Thread-safe. */
record EngineWishes(BoxClock clock, ClockWatch watch, Pins pins) implements UplinkListener {
    @Override
    public void beep(String engine, int seconds) {
        pins.find("engine " + engine, seconds);
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
