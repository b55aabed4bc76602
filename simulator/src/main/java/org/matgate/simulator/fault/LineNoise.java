package org.matgate.simulator.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.matgate.simulator.fault.Happening.Kind;
import org.matgate.simulator.reader.WireDamage;

/**
 * Noise on one mat's line, at its times: of the frames that are hit, some get bits flipped, some lose bytes, some get
 * garbage put in. The same seed hits the same frames in the same way. Called from one thread, save {@link #raceStarts}.
 */
public final class LineNoise implements WireDamage {
    private static final int MOST_FLIPS = 3;
    private static final int MOST_GARBAGE = 20;

    private final List<Fault.Noise> usualTimes;
    private final SplittableRandom random;
    private final FaultLog log;
    private volatile Optional<Race> race = Optional.empty();

    private record Race(LongUnaryOperator raceNanos, List<Fault.Noise> times) {}

    /** @param times of this mat's noise */
    public LineNoise(List<Fault.Noise> times, long seed, FaultLog log) {
        this.usualTimes = List.copyOf(times);
        this.random = new SplittableRandom(seed);
        this.log = log;
    }

    /** The race clock starts at this moment of CLOCK_MONOTONIC; until this is told, there is no noise. */
    public void raceStarts(long monotonicNanos) {
        raceStarts(now -> now - monotonicNanos, usualTimes);
    }

    /**
     * A race with other times of noise starts.
     *
     * @param raceNanos the race clock at a moment of CLOCK_MONOTONIC
     */
    public void raceStarts(LongUnaryOperator raceNanos, List<Fault.Noise> timesOfRace) {
        race = Optional.of(new Race(raceNanos, List.copyOf(timesOfRace)));
    }

    @Override
    public byte[] onTheWay(String reader, byte[] frame, long monotonicNanos) {
        Optional<Race> held = race;
        if (held.isEmpty() || held.get().times().isEmpty() || frame.length == 0) {
            return frame;
        }
        long now = held.get().raceNanos().applyAsLong(monotonicNanos);
        for (Fault.Noise noise : held.get().times()) {
            if (noise.fromNanos() <= now && now < noise.untilNanos() && random.nextDouble() < noise.rate()) {
                return hit(reader, frame, monotonicNanos);
            }
        }
        return frame;
    }

    private byte[] hit(String reader, byte[] frame, long monotonicNanos) {
        return switch (random.nextInt(3)) {
            case 0 -> {
                int flips = random.nextInt(1, MOST_FLIPS + 1);
                for (int i = 0; i < flips; i++) {
                    frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
                }
                log.add(monotonicNanos, Kind.FRAME_HIT, reader, flips + " bits flipped");
                yield frame;
            }
            case 1 -> {
                int from = random.nextInt(frame.length);
                int until = random.nextInt(from, frame.length) + 1;
                log.add(monotonicNanos, Kind.FRAME_HIT, reader, (until - from) + " bytes cut out");
                yield joined(Arrays.copyOf(frame, from), Arrays.copyOfRange(frame, until, frame.length));
            }
            default -> {
                byte[] garbage = new byte[random.nextInt(1, MOST_GARBAGE + 1)];
                random.nextBytes(garbage);
                int at = random.nextInt(frame.length + 1);
                log.add(monotonicNanos, Kind.FRAME_HIT, reader, garbage.length + " bytes of garbage put in");
                yield joined(joined(Arrays.copyOf(frame, at), garbage), Arrays.copyOfRange(frame, at, frame.length));
            }
        };
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
