package org.matgate.gateway.clock;

import static org.assertj.core.api.Assertions.assertThat;

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

@Timeout(60)
class ClockWatchTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;

    private final FakeClock clock = new FakeClock();
    private final List<ClockState> pieces = new ArrayList<>();

    @Test
    void firstPieceAndFirstStampAreThereAtTheStart() {
        ClockWatch watch = watch();

        assertThat(pieces).hasSize(1);
        ClockState piece = pieces.getFirst();
        assertThat(piece.fromMonotonicNanos()).isEqualTo(clock.monotonic);
        assertThat(piece.untilMonotonicNanos()).isZero();
        assertThat(piece.anchorMonotonicNanos()).isEqualTo(clock.monotonic);
        assertThat(piece.anchorRawNanos()).isEqualTo(clock.raw);
        assertThat(piece.anchorUtcNanos()).isEqualTo(clock.utc);
        assertThat(piece.ratePpb()).isZero();
        assertThat(piece.uncertaintyNanos()).isEqualTo(5 * MILLI + 100 + 1);
        assertThat(piece.uncertaintyGrowthPpb()).isEqualTo(500_000);
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
    void quietClockTellsNothing() {
        ClockWatch watch = watch();
        for (int i = 0; i < 3_600; i++) {
            clock.maxError += 500_000; // as the kernel counts while no time source speaks
            tickFor(watch, 1);
        }
        assertThat(pieces).hasSize(1);
    }

    @Test
    void stepBeginsAPieceWhereTheClockWasLastSeenRight() {
        ClockWatch watch = watch();
        tickFor(watch, 10);
        long lastRight = clock.monotonic;
        clock.advance(SECOND);
        clock.utc -= 250 * MILLI;
        watch.tick();

        assertThat(pieces).hasSize(2);
        assertThat(pieces.getLast().reason()).isEqualTo("stepped by -250.000 ms");
        assertThat(pieces.getLast().fromMonotonicNanos()).isEqualTo(lastRight);
        assertThat(pieces.getLast().anchorUtcNanos()).isEqualTo(clock.utc);
        assertThat(watch.stamp(clock.monotonic, 0).utcNanos()).isEqualTo(clock.utc);
        tickFor(watch, 10);
        assertThat(pieces).hasSize(2);
    }

    @Test
    void stepBelowTenMillisecondsIsOneWhenThePieceExcludesIt() {
        clock.maxError = 2 * MILLI;
        ClockWatch watch = watch();
        clock.advance(SECOND);
        clock.utc += 4 * MILLI;
        watch.tick();
        assertThat(pieces).extracting(ClockState::reason).last().isEqualTo("stepped by +4.000 ms");
    }

    @Test
    void slewBeginsAPieceAtEachMillisecond() {
        ClockWatch watch = watch();
        for (int i = 0; i < 20; i++) {
            clock.advance(SECOND);
            clock.utc += 400_000;
            watch.tick();
            assertThat(watch.stamp(clock.monotonic, 0).utcNanos()).isEqualTo(clock.utc);
        }
        assertThat(pieces).hasSize(1 + 20 / 3);
        assertThat(pieces).extracting(ClockState::reason).last().isEqualTo("slewed by +1.200 ms");
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
        assertThat(pieces.getFirst().uncertaintyGrowthPpb()).isZero();
        assertThat(pieces.getFirst().reason()).isEqualTo("started, not synchronised");
        assertThat(watch.stamp(clock.monotonic, 5).uncertaintyNanos()).isEqualTo(Stamp.UNSYNCHRONISED);

        clock.advance(SECOND);
        clock.synchronised = true;
        clock.utc += 7 * MILLI;
        watch.tick();
        assertThat(pieces).hasSize(2);
        assertThat(pieces.getLast().source()).isEqualTo(ClockSource.KERNEL);
        assertThat(pieces.getLast().reason()).isEqualTo("synchronised, UTC moved by +7.000 ms");
        assertThat(watch.stamp(clock.monotonic, 0).synchronised()).isTrue();

        clock.advance(SECOND);
        clock.synchronised = false;
        watch.tick();
        assertThat(pieces).hasSize(3);
        assertThat(pieces.getLast().reason()).isEqualTo("synchronisation lost, UTC moved by +0.000 ms");
        assertThat(watch.stamp(clock.monotonic, 0).synchronised()).isFalse();
    }

    @Test
    void uncertaintyThatIsNoLongerTrueBeginsAPiece() {
        ClockWatch watch = watch();
        clock.advance(SECOND);
        clock.maxError = 50 * MILLI;
        watch.tick();
        assertThat(pieces).extracting(ClockState::reason).last().isEqualTo("uncertainty now 50.000 ms, was 5.500 ms");
        clock.maxError = 5 * MILLI;
        tickFor(watch, 59);
        assertThat(pieces).hasSize(2);
        assertThat(watch.stamp(clock.monotonic, 0).uncertaintyNanos()).isLessThan(6 * MILLI);
        tickFor(watch, 1);
        assertThat(pieces).extracting(ClockState::reason).last().isEqualTo("uncertainty now 5.000 ms, was 80.000 ms");
    }

    @Test
    void pieceWithoutRoomIsToldLater() {
        boolean[] room = {false};
        ClockWatch watch = new ClockWatch(clock, piece -> room[0] && pieces.add(piece));
        clock.advance(SECOND);
        watch.tick();
        assertThat(pieces).isEmpty();
        room[0] = true;
        clock.advance(SECOND);
        watch.tick();
        assertThat(pieces).hasSize(1);
        room[0] = false;
        long lastRight = clock.monotonic;
        clock.advance(SECOND);
        clock.utc += SECOND;
        watch.tick();
        room[0] = true;
        clock.advance(SECOND);
        watch.tick();
        assertThat(pieces).extracting(ClockState::reason).last().isEqualTo("stepped by +1000.000 ms");
        assertThat(pieces.getLast().fromMonotonicNanos()).isEqualTo(lastRight);
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
        try (ClockWatch watch = ClockWatch.start(flipping, told::offer)) {
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
                    now.maxErrorNanos());
        }

        @Override
        public UUID bootId() {
            return kernel.bootId();
        }
    }

    private ClockWatch watch() {
        return new ClockWatch(clock, pieces::add);
    }

    private void tickFor(ClockWatch watch, int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.advance(SECOND);
            watch.tick();
        }
    }
}
