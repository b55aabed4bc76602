package org.matgate.simulator.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.Chip;
import org.matgate.protocol.stream.Source.Line;
import org.matgate.simulator.race.Runner.Status;

/** Two laps of 5 km: start, turn at 2.5 km of each lap, finish. The gun is at 100 s, the limit an hour. */
class TimekeeperTest {
    private static final long SECOND = 1_000_000_000;
    private static final GunTime GUN = new GunTime(100 * SECOND, 0, true);
    private static final Entrant ENTRANT = new Entrant(
            7,
            "10 km",
            "10 km",
            List.of(new Chip("E280")),
            0,
            List.of(
                    new Stop("start", 1, 0, Long.MAX_VALUE),
                    new Stop("turn", 1, 2_500, 1_500 * SECOND),
                    new Stop("turn", 2, 7_500, Long.MAX_VALUE),
                    new Stop("finish", 1, 10_000, 3_600 * SECOND)),
            true,
            true);

    private final List<TimedRead> reads = new ArrayList<>();

    private void passing(String point, double seconds) {
        for (int i = -2; i <= 2; i++) {
            read(point, Line.MAIN, seconds + 0.2 * i, -5000 - 300 * Math.abs(i));
        }
    }

    private void read(String point, Line line, double seconds, int rssi) {
        reads.add(new TimedRead(reads.size(), point, line, rssi, Math.round(seconds * 1e9), 1_000_000));
    }

    private Result result() {
        return Timekeeper.result(ENTRANT, GUN, reads);
    }

    private List<Optional<Long>> seconds() {
        return result().splits().stream()
                .map(split -> split.map(passing -> passing.atNanos() / SECOND))
                .toList();
    }

    private static Optional<Long> at(long seconds) {
        return Optional.of(seconds);
    }

    @Test
    void timesAWholeRace() {
        passing("finish", 2_900);
        passing("start", 130);
        passing("turn", 850);
        passing("turn", 2_150);
        assertThat(seconds()).containsExactly(at(130), at(850), at(2_150), at(2_900));
        assertThat(result().status()).isEqualTo(Status.FINISHED);
        assertThat(result().gunTimeNanos()).isEqualTo(OptionalLong.of(2_800 * SECOND));
        assertThat(result().chipTimeNanos()).isEqualTo(OptionalLong.of(2_770 * SECOND));
        assertThat(result().early()).isFalse();
        assertThat(result().otherPassings()).isEmpty();
    }

    @Test
    void theStrongestReadOfTheMainLineCounts() {
        read("finish", Line.MAIN, 2_899.0, -6_000);
        read("finish", Line.MAIN, 2_899.6, -5_500);
        read("finish", Line.MAIN, 2_901.0, -6_500);
        read("finish", Line.BACKUP, 2_900.2, -4_000);
        assertThat(result().finish()).hasValueSatisfying(finish -> {
            assertThat(finish.atNanos()).isEqualTo(2_899_600_000_000L);
            assertThat(finish.reads()).isEqualTo(4);
            assertThat(finish.onlyBackup()).isFalse();
        });
    }

    @Test
    void theBackupLineLiesBehindTheMainOne() {
        read("finish", Line.BACKUP, 2_900.4, -4_000);
        assertThat(result().finish()).hasValueSatisfying(finish -> {
            assertThat(finish.atNanos()).isEqualTo(2_900 * SECOND);
            assertThat(finish.onlyBackup()).isTrue();
        });
    }

    @Test
    void withoutStrengthsTheMiddleReadCounts() {
        read("finish", Line.MAIN, 2_899, Integer.MIN_VALUE);
        read("finish", Line.MAIN, 2_900, Integer.MIN_VALUE);
        read("finish", Line.MAIN, 2_900.5, Integer.MIN_VALUE);
        assertThat(seconds().getLast()).isEqualTo(at(2_900));
    }

    @Test
    void aMissedLapDoesNotMakeTheNextOneEarly() {
        passing("start", 130);
        passing("turn", 2_150);
        passing("finish", 2_900);
        assertThat(seconds()).containsExactly(at(130), Optional.empty(), at(2_150), at(2_900));
    }

    @Test
    void aMissedSecondLapIsTheSecond() {
        passing("start", 130);
        passing("turn", 850);
        passing("finish", 2_900);
        assertThat(seconds()).containsExactly(at(130), at(850), Optional.empty(), at(2_900));
    }

    @Test
    void whoWasSeenOnOneLapOnlyRanAtAHumanSpeed() {
        passing("turn", 700);
        assertThat(seconds().subList(1, 3)).containsExactly(at(700), Optional.empty());
        reads.clear();
        passing("turn", 2_900);
        assertThat(seconds().subList(1, 3)).containsExactly(Optional.empty(), at(2_900));
    }

    @Test
    void whoCrossesTwiceIsTimedOnce() {
        passing("start", 130);
        passing("finish", 2_900);
        passing("finish", 2_960);
        assertThat(seconds().getLast()).isEqualTo(at(2_900));
        assertThat(result().otherPassings())
                .singleElement()
                .satisfies(other -> assertThat(other.atNanos()).isEqualTo(2_960 * SECOND));
    }

    @Test
    void endsAreTold() {
        assertThat(result().status()).isEqualTo(Status.DNS);
        passing("start", 130);
        assertThat(result().status()).isEqualTo(Status.DNF);
        passing("turn", 100 + 1_501);
        assertThat(result().status()).isEqualTo(Status.STOPPED);
        passing("finish", 100 + 3_601);
        assertThat(result().status()).isEqualTo(Status.LATE);
    }

    @Test
    void whoStartsHalfAMinuteBeforeTheGunIsTimed() {
        passing("start", 70);
        passing("turn", 850);
        passing("turn", 2_150);
        passing("finish", 2_900);
        assertThat(seconds()).containsExactly(at(70), at(850), at(2_150), at(2_900));
        assertThat(result().early()).isTrue();
    }

    @Test
    void whoStartsBeforeTheGunIsEarly() {
        passing("start", 97);
        passing("finish", 2_900);
        assertThat(result().early()).isTrue();
        assertThat(result().chipTimeNanos()).isEqualTo(OptionalLong.of(2_803 * SECOND));
    }

    /** The chip was before the line as it was read best. */
    @Test
    void whoIsReadAStepBeforeTheLineAtTheGunIsNotEarly() {
        passing("start", 98);
        passing("finish", 2_900);
        assertThat(result().early()).isFalse();
    }
}
