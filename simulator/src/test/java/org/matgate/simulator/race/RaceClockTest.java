package org.matgate.simulator.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.matgate.simulator.race.RaceClock.Piece;

class RaceClockTest {
    private static final long START = 5_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    @Test
    void inRealTimeAllIsKnownFromTheBeginning() {
        RaceClock clock = RaceClock.realTime(START);

        assertThat(clock.raceNanos(START)).isZero();
        assertThat(clock.raceNanos(START - 7)).isEqualTo(-7);
        assertThat(clock.monotonicNanos(8 * 3600 * SECOND)).isEqualTo(START + 8 * 3600 * SECOND);
        assertThat(clock.knownUntilNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(clock.pieces()).containsExactly(new Piece(0, START, 1));
    }

    @Test
    void whatIsNotKnownYetIsNotThere() {
        RaceClock clock = RaceClock.starting(START);

        assertThat(clock.raceNanos(START + SECOND)).isZero();
        assertThat(clock.monotonicNanos(0)).isEqualTo(START);
        assertThat(clock.monotonicNanos(1)).isEqualTo(RaceClock.NOT_YET);

        clock.goOn(START + SECOND, 60);

        assertThat(clock.raceNanos(START + SECOND / 2)).isEqualTo(30 * SECOND);
        assertThat(clock.raceNanos(START + 5 * SECOND)).isEqualTo(60 * SECOND);
        assertThat(clock.monotonicNanos(60 * SECOND)).isEqualTo(START + SECOND);
        assertThat(clock.monotonicNanos(60 * SECOND + 1)).isEqualTo(RaceClock.NOT_YET);
    }

    @Test
    void aPieceGoesOnWhileTheRateIsTheSame() {
        RaceClock clock = RaceClock.starting(START);
        clock.goOn(START + SECOND, 60);
        clock.goOn(START + 2 * SECOND, 60);
        clock.goOn(START + 3 * SECOND, 0);
        clock.goOn(START + 4 * SECOND, 2);

        assertThat(clock.pieces())
                .containsExactly(
                        new Piece(0, START, 60),
                        new Piece(120 * SECOND, START + 2 * SECOND, 0),
                        new Piece(120 * SECOND, START + 3 * SECOND, 2));
        assertThat(clock.raceNanos(START + 2 * SECOND + 5)).isEqualTo(120 * SECOND);
        assertThat(clock.monotonicNanos(120 * SECOND)).isEqualTo(START + 2 * SECOND);
        assertThat(clock.monotonicNanos(121 * SECOND)).isEqualTo(START + 3 * SECOND + SECOND / 2);
    }

    @Test
    void thePastIsNeverChanged() {
        RaceClock clock = RaceClock.starting(START);
        clock.goOn(START + SECOND, 10);
        clock.goOn(START + SECOND, 1);
        clock.goOn(START, 5);

        assertThat(clock.pieces()).containsExactly(new Piece(0, START, 10));
        assertThat(clock.knownUntilNanos()).isEqualTo(START + SECOND);
    }

    @Test
    void thereAndBackIsTheSameMoment() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        RaceClock growing = RaceClock.starting(START);
        long until = START;
        for (int i = 0; i < 200; i++) {
            until += random.nextLong(1, SECOND);
            growing.goOn(until, random.nextInt(5) == 0 ? 0 : random.nextDouble(0.3, 100));
        }
        RaceClock told = RaceClock.of(growing.pieces());
        List<Long> moments = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            long race = random.nextLong(0, growing.raceNanos(until));
            long moment = growing.monotonicNanos(race);
            moments.add(moment);
            assertThat(told.monotonicNanos(race)).as("seed %d", seed).isEqualTo(moment);
            // The first at which it is as late as that: rounding is at most half a race step of this machine's
            // nanosecond.
            assertThat(growing.raceNanos(moment)).as("seed %d", seed).isBetween(race - 1, race + 100);
            assertThat(growing.raceNanos(moment - 1)).as("seed %d", seed).isLessThanOrEqualTo(race);
        }
        assertThat(moments)
                .as("seed %d", seed)
                .allSatisfy(moment -> assertThat(moment).isNotEqualTo(RaceClock.NOT_YET));
    }

    @Test
    void piecesOutOfOrderAreRefused() {
        assertThatThrownBy(() -> RaceClock.of(List.of(new Piece(0, START, 1), new Piece(5, START, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("piece 1");
        assertThatThrownBy(() -> RaceClock.of(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Piece(0, START, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
