package org.matgate.gateway.clock;

import java.util.UUID;

/** Clocks that a test sets. */
final class FakeClock implements BoxClock {
    static final UUID BOOT = UUID.fromString("00000000-0000-4000-8000-000000000001");

    long monotonic = 1_000_000_000_000L;
    long raw = 2_000_000_000_000L;
    long utc = 1_790_000_000_000_000_000L;
    long bracket = 200;
    boolean synchronised = true;
    long maxError = 5_000_000;
    long estimatedError = 1;
    Leap leap = Leap.NONE;
    long suspended;

    @Override
    public long monotonicNanos() {
        return monotonic;
    }

    @Override
    public long monotonicOfMachine(long machineMonotonicNanos) {
        return machineMonotonicNanos;
    }

    @Override
    public ClockReading read() {
        Discipline discipline = new Discipline(synchronised, maxError, estimatedError, leap, 0, 0);
        return new ClockReading(monotonic, raw, utc, bracket, discipline, suspended);
    }

    @Override
    public UUID bootId() {
        return BOOT;
    }

    /** All clocks go on at one rate. */
    void advance(long nanos) {
        monotonic += nanos;
        raw += nanos;
        utc += nanos;
    }
}
