package org.matgate.gateway.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.gateway.clock.Knots.Knot;
import org.matgate.protocol.stream.Event.ClockState;

/** Moments of long ago between CLOCK_MONOTONIC_RAW and CLOCK_MONOTONIC, which a time daemon has slewed meanwhile. */
@Timeout(60)
class BendsTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;

    private final FakeClock clock = new FakeClock();
    private final List<ClockState> pieces = new ArrayList<>();
    /** What both clocks said, every second. */
    private final List<Knot> truths = new ArrayList<>();

    private ClockWatch watch() {
        return new ClockWatch(clock, Chrony.none(clock), List.copyOf(pieces), pieces::add);
    }

    private void seconds(int count, long slewPpb) {
        for (int i = 0; i < count; i++) {
            clock.advance(SECOND);
            clock.raw -= slewPpb;
            truths.add(new Knot(clock.monotonic, clock.raw, 0));
        }
    }

    private void watchedSeconds(ClockWatch watch, int count, long slewPpb) {
        for (int i = 0; i < count; i++) {
            seconds(1, slewPpb);
            watch.tick();
        }
    }

    private long worstStated(ClockWatch watch) {
        long worst = 0;
        for (Knot truth : truths) {
            long stated = watch.bendNanos(truth.rawNanos());
            assertThat(Math.abs(watch.monotonicOfRaw(truth.rawNanos()) - truth.monotonicNanos()))
                    .isLessThanOrEqualTo(stated + 10);
            worst = Math.max(worst, stated);
        }
        return worst;
    }

    @Test
    void aSlewOfNowDoesNotMoveWhatWasTenMinutesAgo() {
        ClockWatch watch = watch();
        watchedSeconds(watch, 600, 0);
        watchedSeconds(watch, 5, 400_000);
        Knot first = truths.getFirst();
        assertThat(watch.monotonicOfRaw(first.rawNanos())).isCloseTo(first.monotonicNanos(), within(MILLI));
        assertThat(watch.rawOfMonotonic(first.monotonicNanos())).isCloseTo(first.rawNanos(), within(MILLI));
        assertThat(worstStated(watch)).isLessThan(MILLI);
    }

    @Test
    void aRestartedServiceKnowsWhatTheFormerSawAndSaysWhatNobodyDid() {
        ClockWatch former = watch();
        watchedSeconds(former, 300, 0);
        watchedSeconds(former, 60, 400_000);
        watchedSeconds(former, 300, 0);
        long away = clock.raw;
        seconds(20, 500_000);
        seconds(20, -500_000);
        ClockWatch watch = watch();
        watchedSeconds(watch, 60, -400_000);
        assertThat(worstStated(watch)).isLessThan(100 * MILLI);
        assertThat(watch.bendNanos(away - 330 * SECOND)).isLessThan(2 * MILLI);
    }

    @Test
    void whatLiesBeforeTheFirstReadingMayHaveBeenSlewedAllTheTime() {
        clock.monotonic += 100_000 * SECOND;
        ClockWatch watch = watch();
        watchedSeconds(watch, 10, 0);
        assertThat(watch.bendNanos(truths.getFirst().rawNanos() - 600 * SECOND)).isGreaterThanOrEqualTo(299 * MILLI);
    }

    @Test
    void aClockWhoseReadingsAreAllTornIsFollowedAllTheSame() {
        clock.bracket = 100_000;
        ClockWatch watch = watch();
        watchedSeconds(watch, 600, 0);
        watchedSeconds(watch, 15, 400_000);
        assertThat(worstStated(watch)).isBetween(100_000L, 15 * MILLI);
    }

    @Test
    void whateverTheSlewsTheTruthIsWithinWhatIsStated() {
        long seed = Long.getLong("seed", new Random().nextLong());
        Random random = new Random(seed);
        List<Knot> path = new ArrayList<>(List.of(new Knot(0, 0, 0)));
        Bends bends = Bends.since(List.of(), path.getFirst());
        for (int i = 0; i < 3_000; i++) {
            Knot from = path.getLast();
            long length = random.nextLong(1, random.nextInt(20) == 0 ? 30 * SECOND : SECOND);
            long slewed = Math.round(length * random.nextDouble(-500e-6, 500e-6));
            Knot here = new Knot(from.monotonicNanos() + length, from.rawNanos() + length + slewed, 0);
            path.add(here);
            long torn = random.nextInt(20) == 0 ? random.nextLong(5 * MILLI) : random.nextLong(1_000);
            if (random.nextInt(4) > 0) {
                long off = random.nextLong(-torn, torn + 1) / 2;
                bends = bends.next(new Knot(here.monotonicNanos(), here.rawNanos() + off, torn));
            }
            Knot one = path.get(random.nextInt(path.size()));
            if (one.rawNanos() < bends.last().rawNanos()) {
                assertThat(Math.abs(bends.monotonicOfRaw(one.rawNanos()) - one.monotonicNanos()))
                        .as("seed %d, step %d", seed, i)
                        .isLessThanOrEqualTo(bends.bendNanos(one.rawNanos()) + 10);
            }
        }
    }

    @Test
    void stretchesAreBoundedAndFewWhereTheClocksRunStraight() {
        Bends straight = Bends.since(List.of(), new Knot(0, 0, 0));
        Bends bent = straight;
        long raw = 0;
        for (long i = 1; i <= 10_000; i++) {
            straight = straight.next(new Knot(i * SECOND, i * (SECOND + 12_345), 0));
            raw += SECOND + (i % 2) * 400_000;
            bent = bent.next(new Knot(i * SECOND, raw, 0));
        }
        assertThat(straight.size()).isLessThanOrEqualTo(2);
        assertThat(bent.size()).isBetween(4_000, 4_100);
        assertThat(bent.bendNanos(raw - 2_000 * SECOND)).isLessThan(MILLI);
        assertThat(bent.bendNanos(0)).isGreaterThan(SECOND);
    }
}
