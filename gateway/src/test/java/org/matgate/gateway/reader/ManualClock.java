package org.matgate.gateway.reader;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.clock.ClockReading;
import org.matgate.gateway.clock.Stamper;
import org.matgate.protocol.stream.Stamp;

/** Clocks that stand still until they are moved; raw and UTC run beside the monotonic one. */
final class ManualClock implements BoxClock, Stamper, RawTime {
    static final long RAW_OFFSET = -7_000_000_000L;
    static final long UTC_OFFSET = 1_770_000_000_000_000_000L;
    static final long UNCERTAINTY = 1_000;

    /** How far a past moment may be off, as a time daemon slewed. */
    long bendNanos;

    private final UUID boot = new UUID(1, 2);
    private final AtomicLong now = new AtomicLong(100_000_000_000L);

    void set(long nanos) {
        now.set(nanos);
    }

    void advance(long nanos) {
        now.addAndGet(nanos);
    }

    @Override
    public long monotonicNanos() {
        return now.get();
    }

    @Override
    public long monotonicOfMachine(long machineMonotonicNanos) {
        return machineMonotonicNanos;
    }

    @Override
    public ClockReading read() {
        long at = now.get();
        return new ClockReading(at, at + RAW_OFFSET, at + UTC_OFFSET, 100, true, 1_000);
    }

    @Override
    public UUID bootId() {
        return boot;
    }

    @Override
    public Stamp stamp(long monotonicNanos, long extraUncertaintyNanos) {
        return new Stamp(
                boot,
                monotonicNanos,
                monotonicNanos + UTC_OFFSET,
                UNCERTAINTY + extraUncertaintyNanos,
                extraUncertaintyNanos);
    }

    @Override
    public long rawOfMonotonic(long monotonicNanos) {
        return monotonicNanos + RAW_OFFSET;
    }

    @Override
    public long monotonicOfRaw(long rawNanos) {
        return rawNanos - RAW_OFFSET;
    }

    @Override
    public long bendNanos(long rawNanos) {
        return bendNanos;
    }
}
