package org.matgate.gateway.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.matgate.gateway.clock.ReaderClock.Mapped;

/**
 * Readers whose quartz drifts and wobbles, that reboot and are set, over ways with jitter, congestion and stalls: the
 * truth lies within the stated uncertainty, and that is small enough to be of use.
 */
@Timeout(120)
class ReaderClockWorldTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;
    private static final long START = 5_000 * SECOND;
    private static final int WORLDS = 60;
    private static final long LASTS = 20 * 60 * SECOND;

    private final long seed = Long.getLong("seed", new Random().nextLong());

    ReaderClockWorldTest() {
        System.out.println("ReaderClockWorldTest -Dseed=" + seed);
    }

    /** How the families' messages come. */
    enum Kind {
        LLRP(30 * SECOND, 100_000, 2 * MILLI, 5 * MILLI, 8),
        IPICO(30 * SECOND, 10 * MILLI, 8 * MILLI, 6 * MILLI, 16),
        MERCURY(8 * SECOND, MILLI, MILLI, 0, 4);

        final long window;
        final long quantum;
        final long jitter;
        final long mostPath;
        final double mostStatedMillis;

        Kind(long window, long quantum, long jitter, long mostPath, double mostStatedMillis) {
            this.window = window;
            this.quantum = quantum;
            this.jitter = jitter;
            this.mostPath = mostPath;
            this.mostStatedMillis = mostStatedMillis;
        }
    }

    /** What became of each message. */
    private record Outcome(long error, long uncertainty) {}

    /** One reader's twenty minutes. */
    private static final class World {
        private final Random random;
        private final Kind kind;
        private final double driftPpb;
        private final double wobblePpb;
        private final double phase;
        private final long path;
        private final List<Outcome> outcomes = new ArrayList<>();
        private long ahead;
        private long stalledUntil;
        private long congestedUntil;
        private long lastArrival;

        World(Kind kind, Random random) {
            this.kind = kind;
            this.random = random;
            driftPpb = 200_000 * random.nextDouble() - 100_000;
            wobblePpb = 3_000 * random.nextDouble();
            phase = 2 * Math.PI * random.nextDouble();
            path = (long) (kind.mostPath * random.nextDouble());
            ahead = random.nextLong(1_790_000_000L) * SECOND;
        }

        private long readerNanos(long truth) {
            double period = 600e9;
            double since = truth - START;
            double wobbled = wobblePpb / 1e9 * period / (2 * Math.PI) * Math.sin(2 * Math.PI * since / period + phase);
            long exact = ahead + (truth - START) + (long) (driftPpb / 1e9 * since + wobbled);
            return exact - Math.floorMod(exact, Math.max(1, kind.quantum));
        }

        private long arrival(long truth) {
            if (truth > stalledUntil && random.nextInt(400) == 0) {
                stalledUntil = truth + 250 * MILLI + (random.nextInt(10) == 0 ? random.nextLong(4_750 * MILLI) : 0);
            }
            if (random.nextInt(5_000) == 0) {
                congestedUntil = truth + random.nextLong(3 * SECOND);
            }
            double scale = truth < congestedUntil ? 10 * kind.jitter : kind.jitter;
            long delay = path + (long) (-Math.log(1 - random.nextDouble()) * scale);
            lastArrival = Math.max(lastArrival + 20_000, Math.max(stalledUntil, truth + delay));
            return lastArrival;
        }

        List<Outcome> run() {
            ReaderClock clock = new ReaderClock(kind.window, kind.quantum);
            if (path > 0) {
                clock.answered(2 * path + random.nextLong(MILLI));
            }
            long everyNanos = (long) (SECOND / Math.pow(10, 2.2 * random.nextDouble()));
            long truth = START;
            while (truth < START + LASTS) {
                boolean quiet = random.nextInt(300) == 0;
                truth += quiet ? random.nextLong(60 * SECOND) : random.nextLong(2 * everyNanos);
                if (random.nextInt(20_000) == 0) {
                    // Set, or rebooted.
                    ahead = random.nextBoolean() ? START - truth : ahead + random.nextLong(7_200 * SECOND);
                }
                long reader = readerNanos(truth);
                long arrival = arrival(truth);
                clock.observe(reader, arrival);
                Mapped mapped = clock.map(reader);
                outcomes.add(new Outcome(Math.abs(mapped.rawNanos() - truth), mapped.uncertaintyNanos()));
            }
            return outcomes;
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theTruthLiesWithinWhatIsStated(Kind kind) {
        List<Outcome> outcomes = new ArrayList<>();
        List<Double> worst = new ArrayList<>();
        IntStream.range(0, WORLDS).forEach(world -> {
            List<Outcome> now = new World(kind, new Random(seed + world)).run();
            worst.add(outside(now));
            outcomes.addAll(now);
        });
        long[] errors = outcomes.stream().mapToLong(Outcome::error).sorted().toArray();
        long[] stated =
                outcomes.stream().mapToLong(Outcome::uncertainty).sorted().toArray();
        System.out.printf(
                "%s: %d, outside %.4f (worst %.4f), error median %.3f 99 %% %.3f, stated median %.3f 90 %% %.3f 99 %% %.3f ms%n",
                kind,
                errors.length,
                outside(outcomes),
                Collections.max(worst),
                at(errors, 0.5),
                at(errors, 0.99),
                at(stated, 0.5),
                at(stated, 0.9),
                at(stated, 0.99));
        assertThat(outside(outcomes)).as("outside, seed %d", seed).isLessThan(0.005);
        assertThat(Collections.max(worst))
                .as("outside in one world, where a clock may be set while much is held back, seed %d", seed)
                .isLessThan(0.06);
        assertThat(at(errors, 0.5)).as("median error, ms, seed %d", seed).isLessThan(5);
        assertThat(at(stated, 0.5)).as("median stated, ms, seed %d", seed).isLessThan(kind.mostStatedMillis);
        assertThat(Arrays.stream(stated).min().orElseThrow()).isPositive();
    }

    private static double outside(List<Outcome> outcomes) {
        return (double) outcomes.stream().filter(o -> o.error > o.uncertainty).count() / outcomes.size();
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))] / 1e6;
    }
}
