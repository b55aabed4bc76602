package org.matgate.gateway.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.UtcTimeline;

/** Clocks, daemons, engines and people that mislead: no wrong time comes of them that is said to be sure. */
@Timeout(60)
class ClockHostileTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;

    private final FakeClock clock = new FakeClock();
    private final List<ClockState> pieces = new ArrayList<>();

    @Test
    void daemonThatSaysNothingOfItsErrorIsNotTakenAtItsWord() {
        clock.maxError = 0;
        clock.estimatedError = 0;
        ClockWatch watch = watch();
        tickFor(watch, 10);
        assertThat(watch.stamp(clock.monotonic, 0).uncertaintyNanos()).isGreaterThanOrEqualTo(100 * MILLI);
        // It learns that it is wrong by 60 ms, and slews that away; its bound was reset to 0 at every look.
        assertThat(pieces).extracting(ClockState::source).contains(ClockSource.KERNEL);
        assertThat(restated(clock.monotonic - 5 * SECOND).uncertaintyNanos()).isGreaterThanOrEqualTo(100 * MILLI);
    }

    @Test
    void sleepOfTheMachineMovesNothingThatWasBefore() {
        ClockWatch watch = watch();
        tickFor(watch, 100);
        long before = clock.monotonic - 50 * SECOND;
        long utcBefore = clock.utc - 50 * SECOND;
        long last = clock.monotonic;
        clock.utc += 3_600 * SECOND;
        clock.suspended += 3_600 * SECOND;
        tickFor(watch, 100);

        assertThat(restated(before).utcNanos()).isCloseTo(utcBefore, within(MILLI));
        assertThat(restated(clock.monotonic).utcNanos()).isCloseTo(clock.utc, within(MILLI));
        // Nobody saw when between two readings it fell asleep.
        assertThat(restated(last + SECOND / 2).synchronised()).isFalse();
        assertThat(restated(last + SECOND).synchronised()).isTrue();
        assertThat(restated(last - 1).synchronised()).isTrue();

        long gun = before;
        assertThatThrownBy(
                        () -> watch.crewAnchor(new CrewAnchor(gun, clock.utc, SECOND, "gun"), CrewAnchor.Against.ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("slept");
        watch.crewAnchor(
                new CrewAnchor(clock.monotonic, clock.utc + 20 * SECOND, SECOND, "now"), CrewAnchor.Against.ALL);
        assertThat(restated(before).utcNanos()).isCloseTo(utcBefore, within(MILLI));
    }

    @Test
    void nextProcessOfABootThatHasSleptLeavesItsPastAlone() {
        ClockWatch watch = watch();
        tickFor(watch, 100);
        long before = clock.monotonic - 50 * SECOND;
        long utcBefore = clock.utc - 50 * SECOND;
        clock.advance(SECOND);
        clock.utc += 3_600 * SECOND;
        clock.suspended += 3_600 * SECOND;
        tickFor(new ClockWatch(clock, Chrony.none(clock), List.copyOf(pieces), pieces::add), 100);
        assertThat(restated(before).utcNanos()).isCloseTo(utcBefore, within(MILLI));
        assertThat(restated(clock.monotonic).utcNanos()).isCloseTo(clock.utc, within(MILLI));
    }

    @Test
    void whatWasLostOnAFullWayToTheJournalIsToldAgain() {
        boolean[] room = {true};
        ClockWatch watch = new ClockWatch(clock, Chrony.none(clock), List.of(), piece -> room[0] && pieces.add(piece));
        tickFor(watch, 20);
        room[0] = false;
        for (int i = 0; i < 2 * Outbox.MOST; i++) {
            clock.utc += (i % 2 == 0 ? 1 : -1) * SECOND;
            tickFor(watch, 1);
        }
        tickFor(watch, 100);
        long quiet = clock.monotonic - 50 * SECOND;
        room[0] = true;
        tickFor(watch, 3);
        assertThat(pieces).extracting(ClockState::source).contains(ClockSource.NONE);
        tickFor(watch, 100);
        for (long ago : new long[] {0, 50, 99}) {
            Stamp then = restated(clock.monotonic - ago * SECOND);
            assertThat(then.utcNanos()).as("%s s ago", ago).isCloseTo(clock.utc - ago * SECOND, within(MILLI));
            assertThat(then.synchronised()).isTrue();
        }
        assertThat(restated(quiet).utcNanos()).isCloseTo(clock.utc - (clock.monotonic - quiet), within(MILLI));
        assertThat(restated(quiet).synchronised()).isTrue();
    }

    @Test
    void enginesThatTellNoTimeAreNotHeard() {
        clock.synchronised = false;
        clock.utc = 3 * SECOND;
        ClockWatch watch = watch();
        long sane = 1_790_000_000 * SECOND;
        for (long utc : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, 5 * SECOND, 7_258_118_400L * SECOND}) {
            watch.engineClock("odd " + utc, clock.monotonic, clock.monotonic + MILLI, utc, MILLI);
        }
        for (long error : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 100_000 * SECOND}) {
            watch.engineClock("vague " + error, clock.monotonic, clock.monotonic + MILLI, sane, error);
        }
        tickFor(watch, 1);
        assertThat(watch.stamp(clock.monotonic, 0).synchronised()).isFalse();
        watch.engineClock("sure", clock.monotonic - MILLI, clock.monotonic, sane, 1);
        tickFor(watch, 1);
        assertThat(watch.stamp(clock.monotonic, 0).uncertaintyNanos()).isBetween(MILLI / 2, MILLI);
    }

    @Test
    void enginesThatContradictEachOtherAreFoundWhateverTheirOrder() {
        // The second overlaps both others, which exclude each other.
        long[][] engines = {{0, 500}, {1_200, 1_000}, {2_500, 400}};
        int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        for (int[] order : orders) {
            Engines all = new Engines();
            for (int i : order) {
                all.add("engine " + i, new UtcLine.Point(0, engines[i][0] * MILLI, engines[i][1] * MILLI));
            }
            UtcLine.Bound bound = all.at(0).orElseThrow();
            assertThat(bound.low()).isLessThanOrEqualTo(-500 * MILLI);
            assertThat(bound.high()).isGreaterThanOrEqualTo(2_900 * MILLI);
            assertThat(all.contradictAt(0)).isTrue();
        }
    }

    @Test
    void crewsWordOfAMomentToComeOrOfAnotherAgeIsRefused() {
        ClockWatch watch = watch();
        assertThatThrownBy(() -> watch.crewAnchor(
                        new CrewAnchor(clock.monotonic + SECOND, clock.utc, SECOND, "the gun"), CrewAnchor.Against.ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("still to come");
        for (long utc : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0}) {
            assertThatThrownBy(() -> new CrewAnchor(1, utc, SECOND, "the gun"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is the year right");
        }
        for (long moment : new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> new CrewAnchor(moment, clock.utc, SECOND, "the gun"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("after the boot");
        }
        assertThat(pieces).extracting(ClockState::source).doesNotContain(ClockSource.CREW);
    }

    @Test
    void crewsWordThatIsForcedHoldsAgainstAnEngineThatKnowsBetterAlsoInTheNextProcess() {
        clock.synchronised = false;
        clock.utc = 3 * SECOND;
        ClockWatch watch = watch();
        long truth = 1_790_000_000 * SECOND;
        watch.engineClock("central", clock.monotonic - 20 * MILLI, clock.monotonic, truth + 60 * SECOND, 1);
        tickFor(watch, 10);
        long gun = clock.monotonic - 10 * SECOND;
        watch.crewAnchor(new CrewAnchor(gun, truth, SECOND, "the gun"), CrewAnchor.Against.ENGINES);
        tickFor(watch, 20);
        assertThat(watch.stamp(gun, 0).utcNanos()).isCloseTo(truth, within(MILLI));
        assertThat(restated(gun).utcNanos()).isCloseTo(truth, within(MILLI));
        ClockWatch next = new ClockWatch(clock, Chrony.none(clock), List.copyOf(pieces), pieces::add);
        next.engineClock("central", clock.monotonic - 20 * MILLI, clock.monotonic, truth + 90 * SECOND, 1);
        tickFor(next, 20);
        assertThat(next.stamp(gun, 0).utcNanos()).isCloseTo(truth, within(MILLI));
        assertThat(restated(gun).utcNanos()).isCloseTo(truth, within(MILLI));
        // A time daemon was not overruled.
        clock.synchronised = true;
        clock.utc = truth + 70 * SECOND;
        tickFor(next, 2);
        assertThat(next.status().synchronised()).isTrue();
    }

    @Test
    void chronyThatGoesByTheBoxesOwnClockVouchesForNothing() {
        String line = "7F7F0101,,10,1700000000.1,0.000000000,0.000000000,0.000000000,0.000,0.000,0.000,0.000000000,"
                + "0.000000000,0.0,Normal";
        assertThat(ChronyTracking.parse(line).orElseThrow().synchronised()).isFalse();
        assertThat(ChronyTracking.parse(line.replace("7F7F0101", "4D414E55"))
                        .orElseThrow()
                        .synchronised())
                .isFalse();
        String other = line.replace("7F7F0101", "7F7F0102");
        // Another box that goes by its own clock is no better.
        assertThat(ChronyTracking.parse(other.replace(",10,", ",11,"))
                        .orElseThrow()
                        .synchronised())
                .isFalse();
        assertThat(ChronyTracking.parse(other.replace(",10,", ",4,"))
                        .orElseThrow()
                        .synchronised())
                .isTrue();
    }

    private Stamp restated(long monotonic) {
        UtcTimeline timeline = new UtcTimeline();
        pieces.forEach(timeline::add);
        return timeline.restate(new Stamp(FakeClock.BOOT, monotonic, 5, Stamp.UNSYNCHRONISED, 0));
    }

    private ClockWatch watch() {
        return new ClockWatch(clock, Chrony.none(clock), List.of(), pieces::add);
    }

    private void tickFor(ClockWatch watch, int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.advance(SECOND);
            watch.tick();
        }
    }
}
