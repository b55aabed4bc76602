package org.matgate.gateway.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.UtcTimeline;

@Timeout(60)
class ClockWatchTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;

    private final FakeClock clock = new FakeClock();
    private final List<ClockState> pieces = new ArrayList<>();

    @Test
    void firstPieceAndFirstStampAreThereAtTheStart() {
        ClockWatch watch = watch();

        ClockState piece = pieces.getFirst();
        assertThat(piece.fromMonotonicNanos()).isEqualTo(clock.monotonic);
        assertThat(piece.untilMonotonicNanos()).isZero();
        assertThat(piece.edition()).isEqualTo(clock.monotonic);
        assertThat(piece.anchorMonotonicNanos()).isEqualTo(clock.monotonic);
        assertThat(piece.anchorRawNanos()).isEqualTo(clock.raw);
        assertThat(piece.anchorUtcNanos()).isEqualTo(clock.utc);
        assertThat(piece.ratePpb()).isZero();
        assertThat(piece.uncertaintyNanos()).isEqualTo((5 * MILLI + 101) * 5 / 4 + 100_000);
        assertThat(piece.source()).isEqualTo(ClockSource.KERNEL);
        assertThat(piece.reason()).isEqualTo("started, UTC within 5.000 ms");

        Stamp stamp = watch.stamp(clock.monotonic - 3 * SECOND, 2 * MILLI);
        assertThat(stamp.bootId()).isEqualTo(FakeClock.BOOT);
        assertThat(stamp.monotonicNanos()).isEqualTo(clock.monotonic - 3 * SECOND);
        assertThat(stamp.utcNanos()).isEqualTo(clock.utc - 3 * SECOND);
        // The kernel's bound, half the bracket, three seconds at 500 ppm, and what the caller adds.
        assertThat(stamp.uncertaintyNanos()).isEqualTo(5 * MILLI + 101 + 1_500_000 + 2 * MILLI);
    }

    @Test
    void timeBeforeTheFirstReadingIsReckonedBackToTheBoot() {
        ClockWatch watch = watch();
        tickFor(watch, 1);
        Stamp early = new Stamp(FakeClock.BOOT, SECOND, 5, Stamp.UNSYNCHRONISED, 0);
        Stamp known = restated(early);
        // Nobody looked for 999 s; a daemon may have slewed.
        assertThat(known.uncertaintyNanos()).isBetween(100 * MILLI, 500 * MILLI);
        assertThat(known.utcNanos()).isCloseTo(clock.utc - 1_000 * SECOND, within(MILLI));
    }

    @Test
    void quietClockTellsNothing() {
        ClockWatch watch = watch();
        tickFor(watch, 1);
        int before = pieces.size();
        for (int i = 0; i < 3_600; i++) {
            tickFor(watch, 1);
        }
        assertThat(pieces.size() - before).isLessThanOrEqualTo(3);
    }

    @Test
    void boundOfAKernelWithoutADaemonGrowsNoFasterThanItsQuartz() {
        ClockWatch watch = watch();
        tickFor(watch, 600);
        for (int i = 0; i < 3_600; i++) {
            clock.maxError += 500_000; // as the kernel counts while no time source speaks
            tickFor(watch, 1);
        }
        // What the quartz's rate is not known to, for an hour, rather than 1.8 s.
        assertThat(watch.stamp(clock.monotonic, 0).uncertaintyNanos()).isLessThan(150 * MILLI);
        assertThat(pieces).hasSizeLessThan(30);
    }

    @Test
    void contradictingStepBeginsAPieceWhereTheClockWasLastSeenRightAndRestatesThePast() {
        ClockWatch watch = watch();
        tickFor(watch, 10);
        long lastRight = clock.monotonic;
        clock.advance(SECOND);
        clock.utc -= 250 * MILLI;
        watch.tick();

        ClockState step = pieces.stream()
                .filter(piece -> piece.reason().startsWith("stepped"))
                .findFirst()
                .orElseThrow();
        assertThat(step.reason()).isEqualTo("stepped by -250.000 ms");
        assertThat(step.fromMonotonicNanos()).isEqualTo(lastRight);
        assertThat(step.anchorUtcNanos()).isEqualTo(clock.utc);
        assertThat(watch.stamp(clock.monotonic, 0).utcNanos()).isEqualTo(clock.utc);
        Stamp before = new Stamp(FakeClock.BOOT, lastRight - 5 * SECOND, clock.utc, 1, 0);
        assertThat(restated(before).utcNanos()).isCloseTo(clock.utc - 6 * SECOND, within(MILLI));
    }

    @Test
    void stepBelowTenMillisecondsIsOneWhenThePieceExcludesIt() {
        clock.maxError = 2 * MILLI;
        ClockWatch watch = watch();
        clock.advance(SECOND);
        clock.utc += 4 * MILLI;
        watch.tick();
        assertThat(pieces).extracting(ClockState::reason).contains("stepped by +4.000 ms");
    }

    @Test
    void slewLeavesKnots() {
        ClockWatch watch = watch();
        tickFor(watch, 60);
        int before = pieces.size();
        for (int i = 0; i < 200; i++) {
            clock.raw += 500_000; // the time daemon slows the other two
            tickFor(watch, 1);
        }
        assertThat(pieces.stream().skip(before).map(ClockState::reason)).contains("slewed");
        assertThat(pieces.size() - before).isLessThan(12);
        assertThat(watch.stamp(clock.monotonic, 0).utcNanos()).isEqualTo(clock.utc);
    }

    @Test
    void tornReadingIsNoStep() {
        ClockWatch watch = watch();
        clock.advance(SECOND);
        clock.utc += 6 * MILLI;
        clock.bracket = 12 * MILLI;
        watch.tick();
        assertThat(pieces).extracting(ClockState::reason).noneMatch(reason -> reason.contains("by"));
        assertThat(watch.stamp(clock.monotonic, 0).uncertaintyNanos()).isGreaterThan(11 * MILLI);
    }

    @Test
    void synchronisationIsToldWhenWonAndWhenLost() {
        clock.synchronised = false;
        clock.utc = 3 * SECOND;
        ClockWatch watch = watch();
        assertThat(pieces.getFirst().source()).isEqualTo(ClockSource.NONE);
        assertThat(pieces.getFirst().uncertaintyNanos()).isEqualTo(Stamp.UNSYNCHRONISED);
        assertThat(pieces.getFirst().reason()).isEqualTo("started, not synchronised");
        assertThat(watch.stamp(clock.monotonic, 5).uncertaintyNanos()).isEqualTo(Stamp.UNSYNCHRONISED);
        long first = clock.monotonic;

        tickFor(watch, 100);
        clock.synchronised = true;
        clock.utc += 7 * MILLI;
        tickFor(watch, 1);
        assertThat(pieces).extracting(ClockState::reason).contains("synchronised, UTC moved by +7.000 ms");
        Stamp early = restated(new Stamp(FakeClock.BOOT, first + SECOND, 3, Stamp.UNSYNCHRONISED, 0));
        assertThat(early.utcNanos()).isCloseTo(clock.utc - 100 * SECOND, within(MILLI));
        assertThat(early.uncertaintyNanos()).isLessThan(20 * MILLI);

        clock.synchronised = false;
        clock.utc += 3_600 * SECOND; // whatever is done to it now
        tickFor(watch, 1);
        assertThat(pieces.getLast().reason()).startsWith("synchronisation lost, UTC within 5.");
        Stamp held = watch.stamp(clock.monotonic, 0);
        assertThat(held.utcNanos()).isCloseTo(clock.utc - 3_600 * SECOND, within(MILLI));
        assertThat(held.uncertaintyNanos()).isBetween(5 * MILLI, 7 * MILLI);
    }

    @Test
    void uncertaintyThatIsNoLongerTrueBeginsAPiece() {
        ClockWatch watch = watch();
        tickFor(watch, 1);
        clock.maxError = 50 * MILLI;
        clock.bracket = 40 * MILLI; // the look itself is that bad
        tickFor(watch, 1);
        assertThat(pieces).extracting(ClockState::reason).anyMatch(reason -> reason.startsWith("uncertainty now 25."));
        clock.maxError = 5 * MILLI;
        clock.bracket = 200;
        tickFor(watch, 59);
        int before = pieces.size();
        tickFor(watch, 1);
        assertThat(pieces.size()).isGreaterThan(before);
        assertThat(pieces).extracting(ClockState::reason).anyMatch(reason -> reason.startsWith("uncertainty now 5."));
    }

    @Test
    void leapSecondIsAPieceAndRestatesNothing() {
        clock.utc = Instant.parse("2026-12-31T23:59:50.400Z").getEpochSecond() * SECOND + 400 * MILLI;
        clock.leap = Leap.INSERT;
        ClockWatch watch = watch();
        tickFor(watch, 9);
        int before = pieces.size();
        long at = clock.monotonic;
        clock.leap = Leap.IN_PROGRESS;
        clock.utc -= SECOND;
        tickFor(watch, 20);
        assertThat(pieces).hasSize(before + 1);
        assertThat(pieces.getLast().fromMonotonicNanos()).isEqualTo(at + 600 * MILLI);
        assertThat(pieces.getLast().reason())
                .isEqualTo("leap second inserted: a difference of UTC across it is a second short");
        Stamp within = restated(new Stamp(FakeClock.BOOT, at + 500 * MILLI, 1, 1, 0));
        assertThat(Instant.ofEpochSecond(0, within.utcNanos())).isEqualTo("2026-12-31T23:59:59.900Z");
        Stamp after = restated(new Stamp(FakeClock.BOOT, at + 700 * MILLI, 1, 1, 0));
        assertThat(Instant.ofEpochSecond(0, after.utcNanos())).isEqualTo("2026-12-31T23:59:59.100Z");
    }

    @Test
    void engineVouchesWhereNobodyElseDoes() {
        clock.synchronised = false;
        clock.utc = 3 * SECOND;
        ClockWatch watch = watch();
        tickFor(watch, 100);
        long truth = 1_790_000_000 * SECOND;
        watch.engineClock("central", clock.monotonic - 20 * MILLI, clock.monotonic, truth, 0);
        tickFor(watch, 2);
        Stamp now = watch.stamp(clock.monotonic, 0);
        assertThat(now.utcNanos()).isCloseTo(truth + 2 * SECOND, within(11 * MILLI));
        assertThat(now.uncertaintyNanos()).isBetween(SECOND, 1_100 * MILLI);
        Stamp early = restated(new Stamp(FakeClock.BOOT, clock.monotonic - 90 * SECOND, 3, Stamp.UNSYNCHRONISED, 0));
        assertThat(early.utcNanos()).isCloseTo(truth - 88 * SECOND, within(20 * MILLI));
        assertThat(pieces).extracting(ClockState::source).contains(ClockSource.ENGINE);
        assertThat(watch.status().note()).isEqualTo("by the engine's clock");

        watch.engineClock("other", clock.monotonic - 20 * MILLI, clock.monotonic, truth + 60 * SECOND, 1);
        tickFor(watch, 1);
        assertThat(watch.stamp(clock.monotonic, 0).uncertaintyNanos()).isGreaterThan(29 * SECOND);
        assertThat(watch.status().note()).contains("contradict each other");
    }

    @Test
    void crewsAnchorHoldsForTheWholeBootUntilSomethingBetterComes() {
        clock.synchronised = false;
        clock.utc = 3 * SECOND;
        ClockWatch watch = watch();
        tickFor(watch, 100);
        long truth = 1_790_000_000 * SECOND;
        long gun = clock.monotonic - 50 * SECOND;
        ClockState said = watch.crewAnchor(
                new CrewAnchor(gun, truth, SECOND / 2, "the gun, by the referee"), CrewAnchor.Against.NOBODY);
        assertThat(said.edition()).isGreaterThan(pieces.getFirst().edition());
        tickFor(watch, 10);
        Stamp now = watch.stamp(clock.monotonic, 0);
        assertThat(now.utcNanos()).isCloseTo(truth + 60 * SECOND, within(10 * MILLI));
        assertThat(now.uncertaintyNanos()).isBetween(SECOND / 2, SECOND);
        assertThat(pieces.getLast().source()).isEqualTo(ClockSource.CREW);
        clock.synchronised = true;
        clock.utc = truth + 61 * SECOND - 100 * MILLI;
        tickFor(watch, 1);
        assertThat(restated(new Stamp(FakeClock.BOOT, gun, 3, Stamp.UNSYNCHRONISED, 0))
                        .utcNanos())
                .isCloseTo(truth + 900 * MILLI, within(1_100 * MILLI));
        assertThat(watch.stamp(clock.monotonic, 0).uncertaintyNanos()).isLessThan(6 * MILLI);
    }

    @Test
    void nextProcessRestatesWhatTheFormerTold() {
        clock.synchronised = false;
        clock.utc = 3 * SECOND;
        ClockWatch watch = watch();
        long first = clock.monotonic;
        tickFor(watch, 1_000);
        ClockWatch next = new ClockWatch(clock, Chrony.none(clock), List.copyOf(pieces), pieces::add);
        assertThat(watch.status().synchronised()).isFalse();
        tickFor(next, 10);
        clock.utc = 1_790_000_000 * SECOND;
        clock.synchronised = true;
        tickFor(next, 30);
        Stamp early = restated(new Stamp(FakeClock.BOOT, first + 100 * SECOND, 3, Stamp.UNSYNCHRONISED, 0));
        assertThat(early.utcNanos()).isCloseTo(clock.utc - 940 * SECOND, within(2 * MILLI));
        assertThat(early.uncertaintyNanos()).isLessThan(150 * MILLI);
        assertThat(pieces).extracting(ClockState::edition).doesNotHaveDuplicates();
    }

    @Test
    void pieceWithoutRoomIsToldLater() {
        boolean[] room = {false};
        ClockWatch watch = new ClockWatch(clock, Chrony.none(clock), List.of(), piece -> room[0] && pieces.add(piece));
        tickFor(watch, 1);
        assertThat(pieces).isEmpty();
        room[0] = true;
        tickFor(watch, 1);
        assertThat(pieces.getFirst().reason()).startsWith("started");
        room[0] = false;
        long lastRight = clock.monotonic;
        clock.utc += SECOND;
        tickFor(watch, 1);
        room[0] = true;
        tickFor(watch, 1);
        ClockState step = pieces.stream()
                .filter(piece -> piece.reason().startsWith("stepped"))
                .findFirst()
                .orElseThrow();
        assertThat(step.fromMonotonicNanos()).isEqualTo(lastRight);
        assertThat(pieces).extracting(ClockState::edition).isSorted();
    }

    @Test
    void piecesThatNeverFindRoomLeaveAMarkOfNotKnowing() {
        List<ClockState> kept = new ArrayList<>();
        boolean[] room = {false};
        Outbox outbox = new Outbox(piece -> room[0] && kept.add(piece));
        watch();
        ClockState some = pieces.getFirst();
        for (int i = 0; i < 2 * Outbox.MOST; i++) {
            outbox.add(
                    new ClockState(some.stamp(), 1_000 + i, i, 0, i, i, i, 0, 5, 0, ClockSource.KERNEL, "piece " + i));
        }
        room[0] = true;
        outbox.flush();
        assertThat(kept).hasSize(Outbox.MOST);
        assertThat(kept.getFirst().source()).isEqualTo(ClockSource.NONE);
        assertThat(kept.getFirst().fromMonotonicNanos()).isZero();
        assertThat(kept.getLast().edition()).isEqualTo(1_000 + 2 * Outbox.MOST - 1);
    }

    @Test
    void rawAndMonotonicAreConvertedAtTheRateOfLate() {
        ClockWatch watch = watch();
        clock.advance(SECOND);
        clock.raw -= 500_000; // the time daemon slews the monotonic clock by 500 ppm
        watch.tick();
        long ahead = clock.monotonic + SECOND / 2;
        assertThat(watch.rawOfMonotonic(ahead)).isEqualTo(clock.raw + SECOND / 2 - 250_000);
        assertThat(watch.monotonicOfRaw(watch.rawOfMonotonic(ahead))).isBetween(ahead - 1, ahead + 1);
        long behind = clock.monotonic - SECOND;
        assertThat(watch.rawOfMonotonic(behind)).isEqualTo(clock.raw - SECOND + 500_000);
        assertThat(watch.monotonicOfRaw(watch.rawOfMonotonic(behind))).isBetween(behind - 1, behind + 1);
    }

    @Test
    void tornReadingTellsNoRate() {
        ClockWatch watch = watch();
        clock.advance(SECOND);
        clock.raw += 3 * MILLI;
        clock.bracket = 4 * MILLI;
        watch.tick();
        assertThat(watch.rawOfMonotonic(clock.monotonic + SECOND)).isEqualTo(clock.raw + SECOND);
        clock.advance(SECOND);
        clock.raw -= 3 * MILLI;
        clock.bracket = 200;
        watch.tick();
        assertThat(watch.rawOfMonotonic(clock.monotonic + SECOND)).isEqualTo(clock.raw + SECOND);
    }

    @Test
    void threadReadsByItselfAndEnds() throws Exception {
        KernelClock kernel = KernelClock.open();
        LinkedBlockingQueue<ClockState> told = new LinkedBlockingQueue<>();
        FlippingClock flipping = new FlippingClock(kernel);
        try (ClockWatch watch = ClockWatch.start(flipping, Chrony.none(flipping), List.of(), told::offer)) {
            assertThat(told.poll(0, TimeUnit.SECONDS)).isNotNull();
            assertThat(told.poll(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(watch.stamp(kernel.monotonicNanos(), 0).bootId()).isEqualTo(kernel.bootId());
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("clock-watch");
    }

    /** The kernel's clock, synchronised at every other reading, failing once. */
    private static final class FlippingClock implements BoxClock {
        private final KernelClock kernel;
        private int readings;

        private FlippingClock(KernelClock kernel) {
            this.kernel = kernel;
        }

        @Override
        public long monotonicNanos() {
            return kernel.monotonicNanos();
        }

        @Override
        public long monotonicOfMachine(long machineMonotonicNanos) {
            return machineMonotonicNanos;
        }

        @Override
        public ClockReading read() {
            if (++readings == 2) {
                throw new IllegalStateException("for the test");
            }
            ClockReading now = kernel.read();
            return new ClockReading(
                    now.monotonicNanos(),
                    now.rawNanos(),
                    now.utcNanos(),
                    now.bracketNanos(),
                    readings % 2 == 0,
                    now.discipline().maxErrorNanos());
        }

        @Override
        public UUID bootId() {
            return kernel.bootId();
        }
    }

    private ClockWatch watch() {
        return new ClockWatch(clock, Chrony.none(clock), List.of(), pieces::add);
    }

    private Stamp restated(Stamp stamp) {
        UtcTimeline timeline = new UtcTimeline();
        pieces.forEach(timeline::add);
        return timeline.restate(stamp);
    }

    private void tickFor(ClockWatch watch, int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.advance(SECOND);
            watch.tick();
        }
    }
}
