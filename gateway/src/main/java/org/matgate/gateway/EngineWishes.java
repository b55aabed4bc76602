package org.matgate.gateway;

import java.util.OptionalLong;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.clock.ClockWatch;
import org.matgate.gateway.gpio.Pins;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.uplink.UplinkListener;
import org.matgate.protocol.stream.JournalId;

/** What engines tell the box besides acknowledging: their time, for a box that has none, and to beep. Thread-safe. */
record EngineWishes(BoxClock clock, ClockWatch watch, Pins pins, Journal journal) implements UplinkListener {
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

    /** What we give out from now on must not bear a name that this engine knows another event by. */
    @Override
    public void engineAhead(String engine, JournalId ahead, long ourLastSeq, long engineLastSeq) {
        if (ahead.equals(journal.id())) {
            journal.beginAnew("engine " + engine + " holds journal " + ahead + " up to seq " + engineLastSeq
                    + ", it goes to " + ourLastSeq + " here: the disk went back, or there is a copy of it");
        }
    }
}
