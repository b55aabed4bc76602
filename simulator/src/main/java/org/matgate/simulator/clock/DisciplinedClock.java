package org.matgate.simulator.clock;

import java.util.UUID;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;

/** The clocks of one boot under a time daemon, as they stand at one moment. Not thread-safe. */
final class DisciplinedClock {
    /** How far off the kernel says that UTC may be when nobody steers it. */
    private static final long KERNEL_UNKNOWN_NANOS = 16_000_000_000L;

    /** How fast the kernel lets its bound grow when nobody speaks to it. */
    private static final double KERNEL_GROWTH_PPB = 500_000;

    /** How far the daemon lets UTC stray within its bound. */
    private static final double CONTENT_SHARE = 0.6;

    /** How fast it brings UTC back from there. */
    private static final double BACK_PPB = 100_000;

    /** How well it knows the frequency. */
    private static final double STEADY_PPB = 200;

    /** What it claims is more than what it is wrong. */
    private static final double SURELY = 1.25;

    private final UUID bootId;
    private final long monotonicOffsetNanos;
    private final long maxErrorNanos;
    private final LongUnaryOperator utcOfMachine;
    private long machineNanos;
    private long monotonicNanos;
    private long utcMinusMonotonicNanos;
    private long monotonicRatePpb;
    private boolean synchronised;
    /** Whether the drift is known, so that it is taken out. */
    private boolean disciplined;

    private long slewPpb;
    private long boundNanos = KERNEL_UNKNOWN_NANOS;

    /**
     * @param machineNanos the boot's first moment that is told of, on this machine's CLOCK_MONOTONIC
     * @param monotonicNanos the box's CLOCK_MONOTONIC then
     * @param maxErrorNanos what the daemon claims when all is well
     */
    DisciplinedClock(
            UUID bootId, long machineNanos, long monotonicNanos, long maxErrorNanos, LongUnaryOperator utcOfMachine) {
        this.bootId = bootId;
        this.machineNanos = machineNanos;
        this.monotonicNanos = monotonicNanos;
        this.monotonicOffsetNanos = monotonicNanos - machineNanos;
        this.maxErrorNanos = maxErrorNanos;
        this.utcOfMachine = utcOfMachine;
    }

    /** Goes on to a later moment of this machine's CLOCK_MONOTONIC. */
    void advance(long laterMachineNanos) {
        long since = laterMachineNanos - machineNanos;
        machineNanos = laterMachineNanos;
        monotonicNanos += since + gain(since, (double) monotonicRatePpb);
        if (!synchronised) {
            boundNanos = Math.min(KERNEL_UNKNOWN_NANOS, boundNanos + gain(since, KERNEL_GROWTH_PPB));
        }
    }

    private static long gain(long nanos, double ppb) {
        return Math.round(nanos * ppb / 1e9);
    }

    private long errorNanos() {
        return monotonicNanos + utcMinusMonotonicNanos - utcOfMachine.applyAsLong(machineNanos);
    }

    /** UTC is this now, and nobody vouches for it. */
    void set(long utcNanos) {
        utcMinusMonotonicNanos = utcNanos - monotonicNanos;
        synchronised = false;
        boundNanos = KERNEL_UNKNOWN_NANOS;
    }

    /** The daemon steps UTC to about the truth, and knows from now on how the quartz drifts. */
    void synchronise(RandomGenerator random) {
        long error = Math.round(random.nextDouble(-0.5, 0.5) * maxErrorNanos);
        set(utcOfMachine.applyAsLong(machineNanos) + error);
        synchronised = true;
        disciplined = true;
        boundNanos = maxErrorNanos;
    }

    /** The daemon hears no more; what it knows of the quartz it keeps. */
    void lose() {
        synchronised = false;
    }

    /** Somebody sets UTC. As in Linux it is no longer synchronised then, unless it was the daemon for its own ends. */
    void step(long byNanos) {
        boolean within = synchronised && Math.abs(errorNanos() + byNanos) < boundNanos / SURELY;
        long bound = boundNanos;
        set(monotonicNanos + utcMinusMonotonicNanos + byNanos);
        if (within) {
            synchronised = true;
            boundNanos = bound;
        }
    }

    /** CLOCK_MONOTONIC and UTC gain so much from now on, besides what they gain anyway. */
    void slew(long ppb) {
        slewPpb = ppb;
    }

    /** What holds from now until a later moment. */
    ClockLine run(long untilMachineNanos, long driftPpb, long wobblePpb, RandomGenerator random) {
        long lasts = untilMachineNanos - machineNanos;
        double own = synchronised ? steered(lasts, wobblePpb, random) : (disciplined ? 0 : driftPpb) + wobblePpb;
        return line(Math.round(own) + slewPpb, driftPpb + wobblePpb, lasts);
    }

    /** What holds from now on, nobody knows how long. */
    ClockLine runOn(long quartzPpb) {
        return line(disciplined ? 0 : quartzPpb, quartzPpb, 0);
    }

    private double steered(long lasts, long wobblePpb, RandomGenerator random) {
        double candidate = random.nextDouble(-1, 1) * (STEADY_PPB + Math.abs(wobblePpb));
        boolean content = Math.abs(errorNanos() + gain(lasts, candidate)) <= CONTENT_SHARE * maxErrorNanos;
        return content || slewPpb != 0
                ? candidate
                : Math.clamp(-errorNanos() * 1e9 / Math.max(1, lasts), -BACK_PPB, BACK_PPB);
    }

    private ClockLine line(long monotonicPpb, long rawPpb, long lasts) {
        monotonicRatePpb = monotonicPpb;
        if (synchronised) {
            long most = Math.max(Math.abs(errorNanos()), Math.abs(errorNanos() + gain(lasts, (double) monotonicPpb)));
            boundNanos = Math.max(maxErrorNanos, Math.round(SURELY * most));
        }
        return new ClockLine(
                machineNanos,
                bootId,
                monotonicOffsetNanos,
                monotonicPpb,
                rawPpb,
                utcMinusMonotonicNanos,
                synchronised,
                boundNanos);
    }
}
