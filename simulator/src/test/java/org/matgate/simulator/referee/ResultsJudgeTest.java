package org.matgate.simulator.referee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.simulator.referee.RaceCase.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.matgate.protocol.Chip;
import org.matgate.protocol.stream.Stamp;
import org.matgate.simulator.race.ChipCondition;
import org.matgate.simulator.race.Crossing;
import org.matgate.simulator.race.Lingering;
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
        assertThat(race.findings().reasons().keySet()).noneMatch(Reason::excused);
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
        // Who truly starts just after the gun may have started before it, for all that a mat can tell.
        assertThat(race.findings().reasons()).containsOnlyKeys(Reason.UNEXPLAINED);
        assertThat(race.findings().against()).isBetween(12 + 8, 12 + 12);
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
        // Had any mat read the true one, the other would not count.
        assertThat(race.findings().reasons()).containsEntry(Reason.NOT_SEEN, 1).hasSize(1);
    }

    @Test
    void whoTurnsBackOnTheMatLongBeforeIsTimedThen() throws Exception {
        RaceCase race = new RaceCase(1).readAll();
        Crossing finish = race.at("finish").getLast();
        long before = finish.atNanos() - 100 * SECOND;
        race.lingers(new Lingering(
                "finish",
                finish.runner().uhfChip(),
                finish.runner().ipicoChip(),
                OptionalInt.of(finish.runner().bib()),
                ChipCondition.WELL_PLACED,
                before - SECOND,
                before + SECOND,
                1,
                -0.5,
                0.5));
        race.read(moved(finish, -100 * SECOND), Fate.WHOLE, 0);
        assertThat(race.judge().reasons()).isEmpty();
        assertThat(race.findings().reasons()).containsEntry(Reason.LINGERED, 1).hasSize(1);
    }

    /** Of a relay's runner who comes by an exchange twice one passing is as good as the other, if only one is there. */
    @ParameterizedTest
    @EnumSource(
            value = Fate.class,
            names = {"DAMAGED", "WHOLE"})
    void theOtherPassingOfARelayIsRightOnlyWithAllThatNothingExcuses(Fate fate) throws Exception {
        RaceCase race = new RaceCase(1);
        List<Crossing> exchanges = race.at("exchange");
        Crossing first = exchanges.stream()
                .filter(each -> exchanges.stream()
                        .anyMatch(other -> other.runner().equals(each.runner()) && other.pass() > each.pass()))
                .findFirst()
                .orElse(exchanges.getFirst());
        race.read(crossing -> !crossing.equals(first));
        race.read(first, fate, 0);
        if (fate == Fate.WHOLE) {
            race.made.engine.removeIf(held -> race.of(first, held));
            race.made.boxes.removeIf(held -> race.of(first, held));
        } else {
            long at = (RaceCase.START + first.atNanos()) / Case.MS;
            race.made.gap("exchange-main", at - 500, at + 500);
        }
        assertThat(race.findings().reasons()).containsOnlyKeys(fate == Fate.WHOLE ? Reason.LOST : Reason.DESTROYED);
        assertThat(race.judge().pass()).isEqualTo(fate == Fate.DAMAGED);
    }

    /** With the strongest reads destroyed a passing is timed by a late one: its reader looked elsewhere when the chip came. */
    @Test
    void whatItsReaderSawLateIsTimedLate() throws Exception {
        RaceCase race = new RaceCase(1);
        Crossing late = race.at("finish").get(2);
        race.read(crossing -> !crossing.equals(late));
        race.readLate(late, 30 * SECOND);
        assertThat(race.judge().reasons()).isEmpty();
        assertThat(race.findings().reasons()).containsEntry(Reason.SEEN_LATE, 1).hasSize(1);
    }

    /** A loss that would not have changed anything is a loss all the same; what it did not do it is not blamed for. */
    @Test
    void whatWasDestroyedIsNotBlamedOnWhatIsLost() throws Exception {
        RaceCase race = new RaceCase(1);
        Crossing start = race.at("start").stream()
                .filter(each -> each.runner().distance().equals("2 km"))
                .findFirst()
                .orElseThrow();
        Crossing finish = race.at("finish").stream()
                .filter(each -> each.runner().equals(start.runner()))
                .findFirst()
                .orElseThrow();
        race.read(crossing -> !crossing.equals(finish) && !crossing.equals(start));
        race.read(finish, Fate.DAMAGED, 0);
        long at = (RaceCase.START + finish.atNanos()) / Case.MS;
        race.made.gap("finish-main", at - 500, at + 500);
        race.read(start, Fate.WHOLE, 0);
        HeldRead first = race.made.engine.stream()
                .filter(held -> race.of(start, held))
                .findFirst()
                .orElseThrow();
        race.made.engine.remove(first);
        assertThat(race.findings().reasons()).containsOnlyKeys(Reason.DESTROYED);
        assertThat(race.judge().reasons()).containsExactly("1 reads are lost");
    }

    @Test
    void aTimeThatNobodyVouchesForIsNoTime() throws Exception {
        RaceCase race = new RaceCase(1).readAll();
        Crossing finish = race.at("finish").get(2);
        race.made.engine.replaceAll(
                held -> race.of(finish, held) ? race.made.withUncertainty(held, Stamp.UNSYNCHRONISED) : held);
        assertThat(race.findings().reasons()).containsOnlyKeys(Reason.UNSYNCHRONISED);
    }

    /** As many reads as there were may be held, and be others. */
    @Test
    void aReadThatNobodySentIsFoundToMakeTheResult() throws Exception {
        RaceCase race = new RaceCase(1).readAll();
        Crossing finish = race.at("finish").get(2);
        HeldRead one = race.made.engine.stream()
                .filter(held -> race.of(finish, held))
                .findFirst()
                .orElseThrow();
        race.made.engine.add(Case.withTime(one, Case.time(one.utcNanos() - 100 * SECOND, Case.MS)));
        assertThat(race.findings().reasons()).containsEntry(Reason.INVENTED, 1).hasSize(1);
    }
}
