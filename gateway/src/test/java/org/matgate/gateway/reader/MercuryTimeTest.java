package org.matgate.gateway.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MercuryTimeTest {
    private static final long MILLI = 1_000_000L;
    private static final long DELAY = 2 * MILLI;

    private final ManualClock clock = new ManualClock();
    private final MercuryTime time = new MercuryTime(clock);
    private final long start = clock.monotonicNanos();

    private static Arrival at(long nanos) {
        return new Arrival(nanos, nanos + MILLI);
    }

    /** Cycles of 1 s with a record at each tenth, all heard after the least delay. */
    private void cycles(int from, int until) {
        for (int cycle = from; cycle < until; cycle++) {
            for (int tenth = 0; tenth < 10; tenth++) {
                read(cycle, 100L * tenth, DELAY);
            }
            end(cycle, DELAY);
        }
    }

    private MercuryTime.Moment read(int cycle, long millis, long delay) {
        return time.read(millis, at(start + (1_000L * cycle + millis) * MILLI + delay));
    }

    private void end(int cycle, long delay) {
        time.cycleEnd(OptionalLong.of(1_000), at(start + 1_000L * (cycle + 1) * MILLI + delay));
    }

    private void assertMoment(MercuryTime.Moment moment, int cycle, long millis) {
        long truth = start + (1_000L * cycle + millis) * MILLI;
        assertThat(moment.monotonicNanos() - truth).isBetween(-2 * MILLI, DELAY + 2 * MILLI);
    }

    @Test
    void recordsOfTheFirstCycleGiveTheTime() {
        assertMoment(read(0, 300, DELAY), 0, 300);
        assertMoment(read(0, 400, 50 * MILLI), 0, 400);
    }

    /** The port was opened when a chip was seen, and nobody came to read until half a second later. */
    @Test
    void whatLayInThePortAtFirstIsAsUncertain() {
        long seen = start + 500 * MILLI;
        long taken = seen + 486 * MILLI;
        MercuryTime.Moment moment = time.read(500, new Arrival(seen, taken, taken + MILLI));
        assertThat(Math.abs(moment.monotonicNanos() - seen)).isLessThan(moment.uncertaintyNanos());
    }

    /** The bytes that lay are read; what comes then did not lie, and shows how late those were. */
    @Test
    void whatCameAtOnceIsNotAsUncertainAsWhatLayBeforeIt() {
        long taken = start + 3_400 * MILLI;
        MercuryTime.Moment lay = time.read(100, new Arrival(start, taken, taken + MILLI));
        assertThat(lay.uncertaintyNanos()).isGreaterThan(3_000 * MILLI);
        time.cycleEnd(OptionalLong.of(1_000), new Arrival(start, taken, taken + MILLI));
        time.cycleEnd(OptionalLong.of(1_000), new Arrival(start, taken, taken + MILLI));
        time.cycleEnd(OptionalLong.of(1_000), new Arrival(start, taken, taken + MILLI));
        for (long millis = 500; millis < 900; millis += 100) {
            MercuryTime.Moment prompt = read(3, millis, DELAY);
            assertMoment(prompt, 3, millis);
            assertThat(prompt.uncertaintyNanos()).isLessThan(300 * MILLI);
        }
    }

    @Test
    void whatLiesAfterSomethingCameAtOnceIsAsCertainAsThat() {
        read(0, 500, DELAY);
        long taken = start + 900 * MILLI;
        MercuryTime.Moment lay = time.read(600, new Arrival(start + 600 * MILLI, taken, taken + MILLI));
        assertMoment(lay, 0, 600);
        assertThat(lay.uncertaintyNanos()).isLessThan(300 * MILLI);
    }

    @Test
    void aStalledHostDoesNotMoveReads() {
        cycles(0, 6);
        for (int tenth = 0; tenth < 10; tenth++) {
            long stalledUntil = start + 8_500 * MILLI;
            MercuryTime.Moment moment = time.read(100L * tenth, at(stalledUntil));
            assertMoment(moment, 6, 100L * tenth);
        }
        time.cycleEnd(OptionalLong.of(1_000), at(start + 8_500 * MILLI));
        assertMoment(read(7, 500, 1_000 * MILLI), 7, 500);
    }

    @Test
    void aDamagedCycleEndIsMadeUpFor() {
        cycles(0, 3);
        read(3, 100, DELAY);
        time.damaged();
        assertMoment(read(4, 700, DELAY), 4, 700);
        time.damaged();
        time.cycleEnd(OptionalLong.of(1_000), at(start + 6_000 * MILLI + DELAY));
        assertMoment(read(6, 10, DELAY), 6, 10);
    }

    @Test
    void timestampsThatBeginAgainTellOfAMissedEnd() {
        cycles(0, 3);
        read(3, 900, DELAY);
        assertMoment(read(4, 100, DELAY), 4, 100);
        end(4, DELAY);
        assertMoment(read(5, 500, DELAY), 5, 500);
    }

    @Test
    void damageAloneDoesNotMoveReads() {
        cycles(0, 3);
        time.damaged();
        assertMoment(read(3, 200, 300 * MILLI), 3, 200);
        assertMoment(read(3, 300, DELAY), 3, 300);
    }

    @Test
    void damageWhileTheHostIsStalledLeavesReadsDoubtfulRatherThanWrong() {
        cycles(0, 10);
        long stalledUntil = start + 11_600 * MILLI;
        time.damaged();
        for (int tenth = 1; tenth < 10; tenth++) {
            MercuryTime.Moment moment = time.read(100L * tenth, at(stalledUntil));
            long truth = start + (10_000L + 100L * tenth) * MILLI;
            assertThat(Math.abs(moment.monotonicNanos() - truth)).isLessThan(moment.uncertaintyNanos());
        }
        time.cycleEnd(OptionalLong.of(1_000), at(stalledUntil));
        time.cycleEnd(OptionalLong.of(1_000), at(start + 12_000 * MILLI + DELAY));
        assertMoment(read(12, 500, DELAY), 12, 500);
    }

    @Test
    void noiseBetweenTheCyclesOfAQuietMatMakesNoReadDoubtful() {
        for (int cycle = 0; cycle < 12; cycle++) {
            end(cycle, DELAY);
        }
        time.damaged();
        end(12, DELAY);
        MercuryTime.Moment moment = read(13, 500, DELAY);
        assertMoment(moment, 13, 500);
        assertThat(moment.uncertaintyNanos()).isLessThan(10 * MILLI);
    }

    @Test
    void cyclesOfUntoldLengthAreMeasured() {
        long cycleStart = start;
        for (int cycle = 0; cycle < 60; cycle++) {
            MercuryTime.Moment moment = time.read(500, at(cycleStart + 500 * MILLI + DELAY));
            if (cycle > 20) {
                assertThat(moment.monotonicNanos() - cycleStart - 500 * MILLI)
                        .as("cycle %d", cycle)
                        .isBetween(-5 * MILLI, 5 * MILLI);
            }
            cycleStart += 1_007 * MILLI;
            time.cycleEnd(OptionalLong.empty(), at(cycleStart + DELAY));
        }
    }

    @Test
    void aNewBeginningForgetsTheOldCycles() {
        cycles(0, 4);
        time.begin();
        long later = start + 60_123 * MILLI;
        assertThat(time.read(20, at(later)).monotonicNanos()).isEqualTo(later);
    }

    @Test
    void theFirstRecordAfterTheStartIsKnownAtOnce() {
        time.begin(start - 5 * MILLI);
        MercuryTime.Moment moment = read(0, 30, DELAY);
        assertMoment(moment, 0, 30);
        assertThat(moment.uncertaintyNanos()).isLessThan(12 * MILLI);
        assertMoment(read(0, 900, 200 * MILLI), 0, 900);
    }

    /** Between its cycles the module does something else, which it does not count; only the ends of cycles are heard. */
    @Test
    void aSilentPauseBetweenCyclesIsFollowed() {
        long seed = Long.getLong("seed", new Random().nextLong());
        Random random = new Random(seed);
        System.out.println("MercuryTimeTest -Dseed=" + seed);
        long cycleStart = start;
        long[] stated = new long[600];
        int outside = 0;
        for (int cycle = 0; cycle < stated.length; cycle++) {
            long seen = cycleStart + 500 * MILLI;
            boolean stalled = random.nextInt(20) == 0;
            MercuryTime.Moment moment =
                    time.read(500, at(seen + random.nextLong(4 * MILLI) + (stalled ? 250 * MILLI : 0)));
            stated[cycle] = moment.uncertaintyNanos();
            outside += Math.abs(moment.monotonicNanos() - seen) > moment.uncertaintyNanos() ? 1 : 0;
            cycleStart += 1_000 * MILLI;
            time.cycleEnd(OptionalLong.of(1_000), at(cycleStart + random.nextLong(4 * MILLI)));
            cycleStart += 2 * MILLI + random.nextLong(2 * MILLI);
        }
        Arrays.sort(stated);
        assertThat(outside).as("seed %d", seed).isLessThanOrEqualTo(6);
        assertThat(stated[stated.length / 2]).as("seed %d", seed).isLessThan(12 * MILLI);
    }

    @Test
    void aCountThatNoCycleReachesIsNoTime() {
        cycles(0, 10);
        for (long millis : new long[] {0x1_0000, 0xFFFF_FFFFL}) {
            Arrival arrival = at(start + 10_400 * MILLI);
            MercuryTime.Moment moment = time.read(millis, arrival);
            assertThat(moment.monotonicNanos()).isEqualTo(arrival.beganNanos());
        }
        assertMoment(read(10, 500, DELAY), 10, 500);
        time.cycleEnd(OptionalLong.of(0xFFFF_FFFFL), at(start + 11_000 * MILLI + DELAY));
        assertMoment(read(11, 500, DELAY), 11, 500);
    }
}
