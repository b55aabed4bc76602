package org.matgate.simulator.referee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.simulator.referee.RaceCase.SECOND;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.matgate.protocol.Chip;
import org.matgate.simulator.race.Crossing;
import org.matgate.simulator.race.Runner.Status;
import org.matgate.simulator.reader.WireLog.Fate;

class ResultsJudgeTest {
    @ParameterizedTest
    @ValueSource(doubles = {1, 20})
    void whatIsReadWellIsPublishedAsItWas(double speed) throws Exception {
        RaceCase race = new RaceCase(speed).readAll();
        race.made.times = race.gun(SECOND / 1000);
        RaceFindings found = race.findings();
        assertThat(race.judge().reasons()).isEmpty();
        assertThat(found.published()).isEqualTo(found.truth()).containsEntry(Status.FINISHED, 18);
        assertThat(found.reasons()).isEmpty();
        // Of the 2 km start, second lap and finish; of the relay start, twice the exchange, finish.
        assertThat(found.crossings()).isEqualTo(12 * 3 + 3 * 4);
        assertThat(found.splitsMissed()).isZero();
        assertThat(found.gunsHeard()).isEqualTo(1);
        assertThat(found.gunsAnnounced()).isEqualTo(1);
        assertThat(found.splits().maxNanos()).isLessThanOrEqualTo(20);
        assertThat(found.gunTimes().maxNanos()).isBetween((long) (999_900 * speed), (long) (1_000_100 * speed));
        assertThat(found.gunTimes().count()).isEqualTo(18);
        assertThat(found.chipTimes().count()).isEqualTo(18);
    }

    @Test
    void aShiftedFinishIsFound() throws Exception {
        RaceCase race = new RaceCase(1).readAll();
        Crossing victim = race.at("finish").get(4);
        race.forget("finish-main", victim.runner().uhfChip());
        race.made.truth.stream()
                .filter(read -> read.read().reader().equals("finish-main")
                        && read.read().chip().equals(victim.runner().uhfChip()))
                .forEach(read -> race.made.engine.add(race.held(read, 7 * SECOND)));
        RaceFindings found = race.findings();
        // The time of the read speaks for itself, and against the box; so the result is not counted once more.
        assertThat(race.judge().reasons())
                .isNotEmpty()
                .allSatisfy(reason -> assertThat(reason).contains(" times "));
        assertThat(found.reasons()).containsOnlyKeys(Reason.TIME);
        assertThat(found.disagreements()).singleElement().satisfies(each -> {
            assertThat(each.bib()).isEqualTo(victim.runner().bib());
            assertThat(each.what()).isEqualTo("finish");
            assertThat(each.text()).contains("truly at", "may differ by");
        });
    }

    /** Somebody restates nothing, but takes the wrong read for the finish. */
    @Test
    void aFinishThatIsTimedByAnotherReadIsFound() throws Exception {
        RaceCase race = new RaceCase(1).readAll();
        Crossing victim = race.at("finish").get(4);
        // The truth says that the runner came 20 s later; the reads are right, and of nothing.
        List<Crossing> crossings = new ArrayList<>(race.course.crossings());
        crossings.set(crossings.indexOf(victim), moved(victim, 20 * SECOND));
        race.crossings(crossings);
        RaceFindings found = race.findings();
        assertThat(found.reasons()).containsEntry(Reason.UNEXPLAINED, 1);
        assertThat(race.judge().reasons())
                .containsExactly(
                        "1 splits, times or ends of runners are not what the truth is, and nothing excuses it");
        assertThat(VerdictText.lines(race.judge()))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("result: bib " + victim.runner().bib() + " of "
                                + victim.runner().distance() + ", finish: at ")
                        .endsWith("; nothing explains it"));
        assertThat(VerdictJson.json(race.judge())).contains("\"disagreements\": {\"UNEXPLAINED\": 1}");
    }

    private static Crossing moved(Crossing c, long nanos) {
        return new Crossing(
                c.runner(),
                c.timingPoint(),
                c.pass(),
                c.extra(),
                c.atNanos() + nanos,
                c.metresPerSecond(),
                c.across(),
                c.standsNanos());
    }

    @Test
    void aLostSplitSpeaksAgainstTheBoxesADestroyedOneDoesNot() throws Exception {
        RaceCase race = new RaceCase(1);
        Crossing lost = race.at("finish").get(2);
        Crossing destroyed = race.at("finish").get(3);
        race.read(crossing -> !crossing.equals(lost) && !crossing.equals(destroyed));
        race.read(lost, Fate.WHOLE, 0);
        race.forget("finish-main", lost.runner().uhfChip());
        race.read(destroyed, Fate.DAMAGED, 0);
        long at = (RaceCase.START + destroyed.atNanos()) / Case.MS;
        race.made.gap("finish-main", at - 500, at + 500);
        RaceFindings found = race.findings();
        assertThat(found.splitsMissed()).isEqualTo(2);
        // Each lacks its finish, and so its end.
        assertThat(found.reasons()).containsEntry(Reason.LOST, 2).containsEntry(Reason.DESTROYED, 2);
        assertThat(found.against()).isEqualTo(2);
        assertThat(found.published()).containsEntry(Status.DNF, 2).containsEntry(Status.FINISHED, 16);
        assertThat(race.judge().reasons()).contains("5 reads are lost");
    }

    @Test
    void whatNoMatSawIsNobodysFault() throws Exception {
        RaceCase race = new RaceCase(1);
        Crossing unseen = race.at("finish").getFirst();
        race.read(crossing -> !crossing.equals(unseen));
        assertThat(race.judge().reasons()).isEmpty();
        assertThat(race.findings().reasons()).containsEntry(Reason.NOT_SEEN, 2).hasSize(1);
    }

    @Test
    void swappedChipsAreFound() throws Exception {
        RaceCase race = new RaceCase(1).readAll();
        Chip one = race.at("finish").getFirst().runner().uhfChip();
        Chip other = race.at("finish").getLast().runner().uhfChip();
        for (List<HeldRead> reads : List.of(race.made.engine, race.made.boxes)) {
            reads.replaceAll(read -> !read.reader().equals("finish-main")
                    ? read
                    : read.chip().equals(one)
                            ? swapped(read, other)
                            : read.chip().equals(other) ? swapped(read, one) : read);
        }
        assertThat(race.findings().reasons().get(Reason.LOST)).isNull();
        assertThat(race.findings().against()).isPositive();
        assertThat(race.judge().pass()).isFalse();
    }

    private static HeldRead swapped(HeldRead read, Chip chip) {
        return new HeldRead(
                read.journal(),
                read.seq(),
                read.reader(),
                chip,
                read.antenna(),
                read.rssiCentiDbm(),
                read.readerTime(),
                read.time(),
                read.arrivalMonotonicNanos(),
                read.storedUtcNanos());
    }

    @Test
    void aWrongGunIsEverybodysWrongTime() throws Exception {
        RaceCase race = new RaceCase(1).readAll();
        race.made.times = race.gun(30 * SECOND);
        assertThat(race.findings().reasons()).containsEntry(Reason.UNEXPLAINED, 12 + 12);
        assertThat(race.findings().disagreements())
                .allSatisfy(each -> assertThat(each.what()).isIn("gun time", "start"));
    }

    @Test
    void whoCrossesOnceMoreIsTimedOnce() throws Exception {
        RaceCase race = new RaceCase(1);
        Crossing finish = race.at("finish").getFirst();
        Crossing again = new Crossing(finish.runner(), "finish", 1, true, finish.atNanos() + 30 * SECOND, 1.3, 0.5, 0);
        List<Crossing> crossings = new ArrayList<>(race.course.crossings());
        crossings.add(again);
        race.crossings(crossings);
        race.readAll();
        assertThat(race.findings().reasons()).isEmpty();
        assertThat(race.findings().cameAgain()).isEqualTo(1);
        race.forget("finish-main", finish.runner().uhfChip());
        race.made.truth.removeIf(
                read -> read.read().chip().equals(finish.runner().uhfChip())
                        && read.read().reader().equals("finish-main"));
        race.read(again, Fate.WHOLE, 0);
        assertThat(race.findings().reasons())
                .containsEntry(Reason.CAME_AGAIN, 1)
                .hasSize(1);
    }
}
