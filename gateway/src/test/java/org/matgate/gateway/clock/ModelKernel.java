package org.matgate.gateway.clock;

import java.util.Random;
import java.util.UUID;

/**
 * One boot of a machine with a quartz that is off and wobbles, and a time daemon that tells honest bounds: it slews by up
 * to 500 ppm, steps, loses its source and finds it again. A test moves it on; between two moves all clocks run straight.
 */
final class ModelKernel implements BoxClock {
    static final long SECOND = 1_000_000_000;
    private static final double MOST_SLEW = 500e-6;

    private final Random random;
    private final UUID bootId;
    private final double quartz;
    private final double swing;
    private final double swingSeconds;
    private final double swingPhase;
    /** What a measurement of the daemon may be wrong by. */
    private final long sourceError;

    private double walk;
    private long trueUtc;
    private long raw;
    private long monotonic;
    private long utcLessMonotonic;
    private double rawRate;
    private double monotonicRate;
    private double frequency;
    private boolean synchronised;
    private double leftToSlew;
    private long sincePoll;
    private long nextPoll;
    private long lie;
    private boolean misled;

    ModelKernel(Random random, long trueUtc, long wrongBy) {
        this.random = random;
        this.trueUtc = trueUtc;
        bootId = new UUID(random.nextLong(), random.nextLong());
        quartz = (random.nextDouble() * 2 - 1) * 60e-6;
        swing = random.nextDouble() * 1.5e-6;
        swingSeconds = 1_200 + random.nextInt(6_000);
        swingPhase = random.nextDouble() * 7;
        sourceError = 300_000L + random.nextInt(3_500_000);
        utcLessMonotonic = trueUtc + wrongBy;
        // The daemon remembers what it learned of the quartz on another day.
        frequency = random.nextBoolean() ? 0 : -quartz + (random.nextDouble() * 2 - 1) * 3e-6;
        settle();
    }

    /** UTC as it is. */
    long trueUtc() {
        return trueUtc;
    }

    boolean isSynchronised() {
        return synchronised;
    }

    /** Whether the daemon is wrong about UTC without knowing. */
    boolean lies() {
        return lie != 0;
    }

    /** Whether the daemon is wrong without knowing, or was when it lost its source: no box can know, either. */
    boolean misled() {
        return misled;
    }

    /** The daemon has found its source: it steps what is much and slews what is little. */
    void win() {
        synchronised = true;
        misled = false;
        long wrong = utc() - trueUtc;
        if (Math.abs(wrong) > SECOND || random.nextBoolean()) {
            step(-wrong + noise());
            leftToSlew = 0;
        }
        poll();
    }

    void lose() {
        synchronised = false;
        lie = 0;
        leftToSlew = 0;
        settle();
    }

    void step(long nanos) {
        utcLessMonotonic += nanos;
    }

    /** From now on the daemon believes in a source that is wrong by so much; 0 ends it with a step. */
    void believe(long wrongNanos) {
        step(wrongNanos - lie);
        lie = wrongNanos;
        misled = lies();
        poll();
    }

    private long noise() {
        return Math.round((random.nextDouble() * 2 - 1) * sourceError * 0.9);
    }

    private void poll() {
        sincePoll = 0;
        nextPoll = (16 + random.nextInt(48)) * SECOND;
        leftToSlew = trueUtc + lie + noise() - utc();
        frequency += 0.5 * (-rawRate - frequency) + (random.nextDouble() * 2 - 1) * 0.2e-6;
        settle();
    }

    private void settle() {
        double seconds = trueUtc / 1e9;
        rawRate = quartz + swing * Math.sin(seconds * 2 * Math.PI / swingSeconds + swingPhase) + walk;
        double slew = synchronised ? Math.clamp(leftToSlew / (8.0 * SECOND), -MOST_SLEW, MOST_SLEW) : 0;
        monotonicRate = (1 + rawRate) * (1 + frequency + slew) - 1;
    }

    /** Time goes on. */
    void advance(long nanos) {
        trueUtc += nanos;
        raw += nanos + Math.round(nanos * rawRate);
        long before = monotonic;
        monotonic += nanos + Math.round(nanos * monotonicRate);
        sincePoll += nanos;
        leftToSlew -= (monotonic - before) * (synchronised ? slewShare() : 0);
        walk = Math.clamp(walk + random.nextGaussian() * 3e-9 * Math.sqrt(nanos / 1e9), -1e-6, 1e-6);
        if (synchronised && sincePoll >= nextPoll) {
            poll();
        }
        settle();
    }

    private double slewShare() {
        return Math.clamp(leftToSlew / (8.0 * SECOND), -MOST_SLEW, MOST_SLEW);
    }

    private long utc() {
        return monotonic + utcLessMonotonic;
    }

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
        long bracket = random.nextInt(500) == 0 ? 3_000_000 : 200L + random.nextInt(5_000);
        long torn = Math.round((random.nextDouble() - 0.5) * bracket);
        long bound = sourceError + Math.round(Math.abs(leftToSlew)) + sincePoll / 2_000;
        return new ClockReading(
                monotonic, raw + torn, utc() + torn, bracket, Discipline.of(synchronised, bound, Leap.NONE));
    }

    @Override
    public UUID bootId() {
        return bootId;
    }
}
