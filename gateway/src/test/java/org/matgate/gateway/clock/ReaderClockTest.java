package org.matgate.gateway.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.matgate.gateway.clock.ReaderClock.Mapped;

@Timeout(60)
class ReaderClockTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;
    private static final long WINDOW = 30 * SECOND;
    private static final long START = 5_000 * SECOND;

    private final ReaderClock clock = new ReaderClock(WINDOW, MILLI);
    private final long seed = Long.getLong("seed", new Random().nextLong());
    private final Random random = new Random(seed);

    ReaderClockTest() {
        System.out.println("seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {-50_000, 0, 50_000})
    void hourOfJitterStallsAndDriftMovesNoRead(long driftPpb) {
        int cycles = 3_600;
        long[] errors = new long[cycles];
        int outside = 0;
        for (int i = 0; i < cycles; i++) {
            long truth = START + i * SECOND + random.nextLong(SECOND / 10);
            long reader = quantised(readerTime(truth, driftPpb));
            long arrival = truth + delay();
            clock.observe(reader, arrival);
            Mapped mapped = clock.map(reader);
            errors[i] = Math.abs(mapped.rawNanos() - truth);
            outside += errors[i] > mapped.uncertaintyNanos() ? 1 : 0;
            assertThat(mapped.rawNanos()).as("seed %d, cycle %d", seed, i).isLessThanOrEqualTo(arrival);
            if (i > 60) {
                assertThat(mapped.uncertaintyNanos())
                        .as("seed %d, cycle %d", seed, i)
                        .isLessThan(100 * MILLI);
            }
        }
        Arrays.sort(errors, 60, cycles);
        assertThat(errors[60 + (cycles - 60) * 999 / 1_000]).as("seed %d", seed).isLessThan(5 * MILLI);
        assertThat(outside).as("outside the uncertainty, seed %d", seed).isLessThanOrEqualTo(cycles / 100);
    }

    @Test
    void uncertaintyIsThatOfAStallUntilThereIsEvidence() {
        clock.observe(0, START);
        assertThat(clock.map(0).uncertaintyNanos()).isGreaterThanOrEqualTo(250 * MILLI);
        steady(60, 0, START, 0);
        assertThat(clock.map(60 * SECOND).uncertaintyNanos()).isLessThan(10 * MILLI);
    }

    @Test
    void aSecondOfDenseReportsIsEvidence() {
        for (int i = 0; i <= 120; i++) {
            long truth = START + i * (10 * MILLI);
            clock.observe(i * (10 * MILLI), truth + delay() % (20 * MILLI));
        }
        assertThat(clock.map(1_200 * MILLI).uncertaintyNanos())
                .as("seed %d", seed)
                .isLessThan(60 * MILLI);
    }

    @Test
    void whatAReaderDidWhenToldToIsKnownAtOnce() {
        clock.observe(7 * SECOND, START + 6 * MILLI, START);
        Mapped mapped = clock.map(7 * SECOND);
        assertThat(mapped.rawNanos()).isBetween(START, START + 7 * MILLI);
        assertThat(mapped.uncertaintyNanos()).isBetween(6 * MILLI, 9 * MILLI);
    }

    @Test
    void aBoundThatIsContradictedCountsForNothing() {
        clock.observe(7 * SECOND, START + 6 * MILLI, START);
        clock.observe(8 * SECOND, START + SECOND - 90 * MILLI);
        assertThat(clock.map(8 * SECOND).uncertaintyNanos()).isGreaterThanOrEqualTo(250 * MILLI);
    }

    /** Another reader has taken its place, or it was rebooted, while nobody was connected. */
    @Test
    void aBoundThatContradictsAllThatWasKnownIsThatOfAnotherClock() {
        steady(600, 0, START, 0);
        long arrival = START + 660 * SECOND;
        clock.observe(650 * SECOND, arrival, arrival - 5 * MILLI);
        Mapped mapped = clock.map(650 * SECOND);
        assertThat(mapped.rawNanos()).isEqualTo(arrival);
        assertThat(mapped.uncertaintyNanos()).isBetween(5 * MILLI, 9 * MILLI);
        clock.observe(651 * SECOND, arrival + SECOND - 2 * MILLI);
        assertThat(clock.map(651 * SECOND).rawNanos()).isEqualTo(arrival + SECOND - 2 * MILLI);
    }

    @Test
    void whatTheQuartzesDriftInAnHourIsNoOtherClock() {
        steady(600, 0, START, 0);
        long arrival = START + 4_200 * SECOND + 10 * MILLI;
        clock.observe(4_200 * SECOND, arrival, arrival - MILLI);
        assertThat(clock.size()).isGreaterThan(8);
        Mapped mapped = clock.map(4_200 * SECOND);
        assertThat(arrival - mapped.rawNanos()).isLessThanOrEqualTo(mapped.uncertaintyNanos());
    }

    @Test
    void halfOfTheQuickestAnswerBoundsADelayThatEveryMessageHas() {
        clock.answered(26 * MILLI);
        clock.answered(24 * MILLI);
        steady(60, 0, START, 12 * MILLI);
        Mapped mapped = clock.map(60 * SECOND);
        assertThat(mapped.rawNanos() - START - 60 * SECOND).isLessThanOrEqualTo(mapped.uncertaintyNanos());
        assertThat(mapped.uncertaintyNanos()).isBetween(12 * MILLI, 16 * MILLI);
        clock.newLink();
        assertThat(clock.map(60 * SECOND).uncertaintyNanos()).isGreaterThan(12 * MILLI);
        clock.answered(2 * MILLI);
        assertThat(clock.map(60 * SECOND).uncertaintyNanos()).isLessThan(5 * MILLI);
    }

    @Test
    void aLateNewestMessageIsDoubtedAlsoWhereThereWereFew() {
        steady(2, 0, START, 0);
        // The clock was set back by 5 s while nobody passed.
        clock.observe(60 * SECOND, START + 65 * SECOND);
        Mapped mapped = clock.map(60 * SECOND);
        assertThat(Math.abs(mapped.rawNanos() - (START + 65 * SECOND))).isLessThanOrEqualTo(mapped.uncertaintyNanos());
    }

    @ParameterizedTest
    @ValueSource(longs = {-100_000, 100_000})
    void theRateOfTwoBadQuartzesIsFollowedThroughAnHourOfSilence(long driftPpb) {
        for (int i = 0; i < 600; i++) {
            long truth = START + i * SECOND;
            clock.observe(readerTime(truth, driftPpb), truth + delay());
        }
        long truth = START + 4_200 * SECOND;
        clock.observe(readerTime(truth, driftPpb), truth + 5 * SECOND);
        Mapped mapped = clock.map(readerTime(truth, driftPpb));
        assertThat(Math.abs(mapped.rawNanos() - truth))
                .as("seed %d", seed)
                .isLessThanOrEqualTo(mapped.uncertaintyNanos())
                .isLessThan(40 * MILLI);
    }

    /** A reader that keeps UTC slews its clock by up to 500 ppm, five times what a bad pair of quartzes drifts. */
    @ParameterizedTest
    @ValueSource(longs = {-500_000, 500_000})
    void aReaderThatSlewsItsClockStaysWithinWhatIsStated(long slewPpb) {
        int outside = 0;
        long worst = 0;
        for (int i = 0; i < 9_000; i++) {
            long truth = START + i * (SECOND / 10);
            long slewed = Math.clamp(truth - START - 300 * SECOND, 0, 100 * SECOND);
            long reader = truth - START + Scale.ppb(slewed, slewPpb);
            clock.observe(quantised(reader), truth + delay());
            Mapped mapped = clock.map(quantised(reader));
            outside += Math.abs(mapped.rawNanos() - truth) > mapped.uncertaintyNanos() ? 1 : 0;
            worst = i > 100 ? Math.max(worst, mapped.uncertaintyNanos()) : 0;
        }
        assertThat(outside).as("outside, seed %d", seed).isLessThanOrEqualTo(90);
        assertThat(worst).as("stated, seed %d", seed).isLessThan(60 * MILLI);
    }

    @Test
    void aReaderSetForwardsALittleBeginsAnew() {
        for (int i = 0; i < 600; i++) {
            clock.observe(i * SECOND, START + i * SECOND + delay() % (20 * MILLI));
        }
        clock.observe(600 * SECOND, START + 599_700 * MILLI);
        assertThat(clock.size()).as("seed %d", seed).isEqualTo(1);
        assertThat(clock.map(600 * SECOND).rawNanos()).isEqualTo(START + 599_700 * MILLI);
    }

    @Test
    void rebootedReaderBeginsAnew() {
        steady(600, 0, START, 3 * MILLI);
        long rebooted = START + 640 * SECOND;
        clock.observe(2 * SECOND, rebooted + 2 * SECOND + 4 * MILLI);
        Mapped mapped = clock.map(2 * SECOND);
        assertThat(mapped.rawNanos()).isEqualTo(rebooted + 2 * SECOND + 4 * MILLI);
        assertThat(mapped.uncertaintyNanos()).isGreaterThanOrEqualTo(250 * MILLI);
        assertThat(clock.size()).isEqualTo(1);
    }

    @Test
    void readerSetBackwardsBeginsAnew() {
        steady(600, 7_200 * SECOND, START, 3 * MILLI);
        steady(1, 4_200 * SECOND, START + 600 * SECOND, 3 * MILLI);
        assertThat(clock.map(4_201 * SECOND).rawNanos()).isEqualTo(START + 601 * SECOND + 3 * MILLI);
    }

    @Test
    void readerSetForwardsBeginsAnew() {
        steady(600, 0, START, 3 * MILLI);
        clock.observe(9_000 * SECOND, START + 601 * SECOND);
        assertThat(clock.map(9_000 * SECOND).rawNanos()).isEqualTo(START + 601 * SECOND);
        assertThat(clock.map(9_000 * SECOND).uncertaintyNanos()).isBetween(250 * MILLI, 300 * MILLI);
        assertThat(clock.size()).isEqualTo(1);
    }

    @Test
    void readerThatLostTimeIsBelievedAfterAWindowAndDoubtedBefore() {
        steady(600, 0, START, 0);
        for (int i = 1; i <= 60; i++) {
            long truth = START + (600 + i) * SECOND;
            long reader = (600 + i - 5) * SECOND;
            clock.observe(reader, truth);
            Mapped mapped = clock.map(reader);
            if (i > 8) {
                assertThat(truth - mapped.rawNanos()).as("second %d", i).isLessThanOrEqualTo(mapped.uncertaintyNanos());
            }
            if (i > 31) {
                assertThat(mapped.rawNanos()).as("second %d", i).isEqualTo(truth);
            }
        }
    }

    @Test
    void burstAfterALongSilenceIsMappedByWhatWasKnownBefore() {
        steady(60, 0, START, 2 * MILLI);
        long released = START + 660 * SECOND;
        // A link was down for the last 60 of 600 quiet seconds; what the reader sent meanwhile comes at once.
        for (int i = 0; i < 600; i++) {
            long reader = 600 * SECOND + i * SECOND / 10;
            clock.observe(reader, released + i * 10_000L);
            Mapped mapped = clock.map(reader);
            assertThat(Math.abs(mapped.rawNanos() - (START + reader)))
                    .as("message %d", i)
                    .isLessThanOrEqualTo(mapped.uncertaintyNanos())
                    .isLessThan(40 * MILLI);
        }
        steady(60, 660 * SECOND, START + 660 * SECOND, MILLI);
        assertThat(clock.map(720 * SECOND).rawNanos()).isEqualTo(START + 720 * SECOND + MILLI);
    }

    @Test
    void messagesOutOfOrderAreNeverMappedAfterTheirArrival() {
        for (int i = 0; i < 100_000; i++) {
            long truth = START + i * (10 * MILLI);
            long reader = readerTime(truth - random.nextLong(300 * MILLI), 50_000);
            long arrival = truth + delay();
            clock.observe(reader, arrival);
            assertThat(clock.map(reader).rawNanos()).as("seed %d", seed).isLessThanOrEqualTo(arrival);
        }
    }

    @Test
    void olderStampThatWasQuickerIsNotMappedAfterItsArrival() {
        clock.observe(SECOND, START + SECOND);
        // 5 µs quicker, but 300 ms older, in which the clocks may drift by 15 µs: the first one is relied on.
        clock.observe(700 * MILLI, START + 700 * MILLI - 5_000);
        assertThat(clock.map(700 * MILLI).rawNanos()).isEqualTo(START + 700 * MILLI - 5_000);
    }

    @Test
    void observationsAreBounded() {
        int most = 0;
        // Delays that only grow keep every observation.
        for (int i = 0; i < 200_000; i++) {
            clock.observe(i * MILLI, START + i * MILLI + i * 100L);
            most = Math.max(most, clock.size());
        }
        assertThat(most).isBetween(32, 64);
    }

    @Test
    void readerTimeMayCountFromAnything() {
        long epoch = 1_790_000_000 * SECOND;
        steady(60, epoch, START, 0);
        assertThat(clock.map(epoch + 60 * SECOND).rawNanos()).isEqualTo(START + 60 * SECOND);
    }

    @Test
    void wrongUseIsRefused() {
        assertThatThrownBy(() -> clock.map(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new ReaderClock(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReaderClock(WINDOW, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private void steady(int seconds, long reader, long raw, long delay) {
        for (int i = 1; i <= seconds; i++) {
            clock.observe(reader + i * SECOND, raw + i * SECOND + delay);
        }
    }

    /** 3 ms on average, never less than 0; now and then the host stalls for 250 ms. */
    private long delay() {
        long jitter = Math.round(-Math.log(1 - random.nextDouble()) * 3 * MILLI);
        return random.nextInt(50) == 0 ? jitter + 250 * MILLI : jitter;
    }

    private static long readerTime(long truth, long driftPpb) {
        return Scale.ppb(truth - START, 1_000_000_000 + driftPpb);
    }

    private static long quantised(long readerNanos) {
        return readerNanos - readerNanos % MILLI;
    }
}
