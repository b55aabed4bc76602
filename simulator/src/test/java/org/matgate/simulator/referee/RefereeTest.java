package org.matgate.simulator.referee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.simulator.referee.Case.MS;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.matgate.protocol.stream.Stamp;
import org.matgate.simulator.fault.Happening.Kind;
import org.matgate.simulator.race.TimeLimits;
import org.matgate.simulator.reader.WireLog.Fate;

class RefereeTest {
    private final Case made = Case.good();

    @Test
    void whatWasSentIsThere() {
        assertThat(made.judge().reasons()).isEmpty();
        assertThat(made.lastLine())
                .isEqualTo("verdict: PASS offered=20 stored=20 delivered=20 destroyed=0 undetectable=0 lost=0"
                        + " duplicated=0 invented=0");
    }

    @Test
    void aMissingReadIsLostAndItsHistoryTold() {
        made.engine.removeFirst();
        made.boxes.removeFirst();
        Verdict verdict = made.judge();
        assertThat(verdict.reasons()).containsExactly("1 reads are lost");
        assertThat(verdict.histories())
                .singleElement()
                .satisfies(history -> assertThat(history.text())
                        .isEqualTo(
                                "main: chip 000000000000000000000001, antenna 1, -60.00 dBm, reader's time cycle 0 µs;"
                                        + " sighted 2023-11-14T22:13:21Z, sent 5.000 ms later, whole; in the box's journal: no;"
                                        + " in the engine: no; no fault touched it"));
        assertThat(made.lastLine())
                .isEqualTo("verdict: FAIL offered=20 stored=19 delivered=19 destroyed=0 undetectable=0 lost=1"
                        + " duplicated=0 invented=0");
    }

    @Test
    void aReadThereTwiceIsDuplicated() {
        made.engine.add(made.engine.getFirst());
        assertThat(made.judge().reasons()).containsExactly("1 reads are there twice");
        assertThat(made.judge().total().duplicated()).isEqualTo(1);
        assertThat(made.judge().total().delivered()).isEqualTo(20);
    }

    /** A reader without a clock may say the same twice within some ms. */
    @Test
    void ofTwoThatSayTheSameTheOneThatNothingHappenedToIsHeld() {
        TruthRead whole = made.sent("main", 3000, 50, Fate.WHOLE);
        made.happened(3240, Kind.FRAME_HIT, "main");
        TruthRead damaged = made.sent("main", 3250, 50, Fate.DAMAGED);
        made.gap("main", 3200, 3300);
        assertThat(damaged.key()).isEqualTo(whole.key());
        HeldRead late = made.withUncertainty(made.held(whole, 240 * Case.MS), 300 * Case.MS);
        made.engine.add(late);
        made.boxes.add(late);
        assertThat(made.judge().reasons()).isEmpty();
        assertThat(made.judge().total()).isEqualTo(new Counts(22, 21, 21, 1, 0, 0, 0, 0));
    }

    @Test
    void aReadThatNobodySentIsInvented() {
        made.engine.add(made.withChip(made.engine.getFirst(), 99));
        assertThat(made.judge().reasons()).containsExactly("1 reads are there that nobody sent");
        assertThat(made.judge().counts().get("main")).isEqualTo(new Counts(10, 10, 10, 0, 0, 0, 0, 1));
        assertThat(made.judge().histories())
                .singleElement()
                .satisfies(history -> assertThat(history.text())
                        .contains("chip 000000000000000000000063", "nobody sent it", "journal 00112233 seq 1"));
    }

    @Test
    void aReadOfAReaderThatNoMatHasIsInvented() {
        made.engine.add(made.held(new Case().sent("stranger", 1000, 1, Fate.WHOLE), 0));
        assertThat(made.judge().counts().get("stranger")).isEqualTo(new Counts(0, 0, 0, 0, 0, 0, 0, 1));
    }

    @Test
    void aMatThatOffersNothingFails() {
        made.mats.put("split", "split");
        assertThat(made.judge().reasons()).containsExactly("mat split offered nothing");
    }

    @ParameterizedTest
    @EnumSource(names = {"DAMAGED", "NOT_LISTENING"})
    void whatAFaultTouchedIsDestroyedWhereAGapTellsOfIt(Fate fate) {
        made.happened(2500, Kind.FRAME_HIT, "main");
        made.sent("main", 3000, 50, fate);
        made.gap("main", 2900, 3100);
        assertThat(made.judge().reasons()).isEmpty();
        assertThat(made.judge().total()).isEqualTo(new Counts(21, 20, 20, 1, 0, 0, 0, 0));
    }

    /** Without a reader's time two reads of one inventory say the same. */
    @ParameterizedTest
    @EnumSource(names = {"DAMAGED", "NOT_LISTENING"})
    void ofTwoReadsThatSayTheSameTheWholeOneIsThere(Fate fate) {
        made.happened(2500, Kind.FRAME_HIT, "main");
        made.sent("main", 3000, 50, fate);
        made.delivered(made.sent("main", 3000, 50, Fate.WHOLE));
        made.gap("main", 2900, 3100);
        assertThat(made.judge().reasons()).isEmpty();
        assertThat(made.judge().total()).isEqualTo(new Counts(22, 21, 21, 1, 0, 0, 0, 0));
    }

    /** A box that closes a port although nothing has gone wrong is to blame for what it does not hear. */
    @ParameterizedTest
    @CsvSource({
        "2500, FRAME_HIT, main, 0",
        "2500, KILL_SENT, finish, 0",
        "2500, CABLE_OUT, main, 0",
        "2500, CABLE_OUT, backup, 1",
        "3500, FRAME_HIT, main, 1",
        "2500, ENGINE_STOPPED, engine, 1"
    })
    void whatNobodyListenedToIsLostUnlessSomethingWentWrongBefore(long at, Kind kind, String subject, long lost) {
        made.happened(at, kind, subject);
        made.sent("main", 3000, 50, Fate.NOT_LISTENING);
        made.gap("main", 2900, 3100);
        assertThat(made.judge().total().lost()).isEqualTo(lost);
    }

    /** What went wrong is over at 5 s, and no reader takes longer than 30 s to be heard again. */
    @ParameterizedTest
    @CsvSource({
        "KILL_SENT, PROCESS_READY, finish, 34900, 0",
        "KILL_SENT, PROCESS_READY, finish, 35100, 1",
        "CABLE_OUT, CABLE_IN, main, 34900, 0",
        "CABLE_OUT, CABLE_IN, main, 35100, 1",
        "READER_TROUBLED, READER_WELL, main, 34900, 0",
        "READER_TROUBLED, READER_WELL, main, 35100, 1",
        "FRAME_HIT, FRAME_HIT, main, 34900, 0",
        "FRAME_HIT, FRAME_HIT, main, 35100, 1"
    })
    void nobodyNeedsForEverToListenAgain(Kind wrong, Kind well, String subject, long sighted, long lost) {
        made.happened(3000, wrong, subject);
        made.happened(3100, Kind.PROCESS_STARTED, "finish");
        made.happened(5000, well, subject);
        made.sent("main", sighted, 50, Fate.NOT_LISTENING);
        made.gap("main", sighted - 10, sighted + 10);
        assertThat(made.judge().total().lost()).isEqualTo(lost);
    }

    /** The cable is out from 10 s to 20 s. */
    @ParameterizedTest
    @CsvSource({"main, 9, 48, true", "main, 9, 51, false", "backup, 9, 38, true", "backup, 9, 48, false"})
    void noGapIsMuchLongerThanWhatHappened(String mat, long fromSeconds, long untilSeconds, boolean pass) {
        made.happened(10_000, Kind.CABLE_OUT, "main");
        made.happened(20_000, Kind.CABLE_IN, "main");
        made.gap(mat, fromSeconds * 1000, untilSeconds * 1000);
        assertThat(made.judge().pass()).isEqualTo(pass);
    }

    @ParameterizedTest
    @CsvSource({"backup, 2900, 3100", "main, 2000, 2800", "main, 3200, 3300"})
    void whatNoGapTellsOfIsLost(String reader, long from, long until) {
        made.sent("main", 3000, 50, Fate.DAMAGED);
        made.gap(reader, from, until);
        assertThat(made.judge().total().lost()).isEqualTo(1);
        assertThat(made.judge().histories().getFirst().text()).endsWith("; no gap event covers it");
    }

    @Test
    void aGapExcusesNothingThatNoFaultTouched() {
        made.sent("main", 3000, 50, Fate.WHOLE);
        made.gap("main", 2900, 3100);
        assertThat(made.judge().total().lost()).isEqualTo(1);
        assertThat(made.judge().histories().getFirst().text()).endsWith("; no fault touched it");
    }

    @Test
    void anExcusedReadThatArrivedIsDelivered() {
        made.delivered(made.sent("main", 3000, 50, Fate.NOT_LISTENING));
        assertThat(made.judge().reasons()).isEmpty();
        assertThat(made.judge().total()).isEqualTo(new Counts(21, 21, 21, 0, 0, 0, 0, 0));
    }

    /** Killed at 3,000 ms, there again at 4,000 ms; a read goes out 5 ms after its sighting. */
    @ParameterizedTest
    @CsvSource({"2744, false", "2746, true", "2990, true", "3500, true", "3994, true", "3996, false"})
    void onlyWhatWasSentShortlyBeforeAKillOrBeforeTheRestartIsExcused(long sighted, boolean excused) {
        made.happened(500, Kind.PROCESS_STARTED, "finish");
        made.happened(3000, Kind.KILL_SENT, "finish");
        made.happened(3010, Kind.PROCESS_ENDED, "finish");
        made.happened(4000, Kind.PROCESS_STARTED, "finish");
        made.sent("main", sighted, 50, Fate.WHOLE);
        made.gap("main", 2000, 5000);
        assertThat(made.judge().total().destroyed()).isEqualTo(excused ? 1 : 0);
        assertThat(made.judge().total().lost()).isEqualTo(excused ? 0 : 1);
    }

    /** Stopped at 2,000 ms, hit at 3,000 ms; an earlier stop was over long before. */
    @ParameterizedTest
    @CsvSource({
        "KILL_SENT, finish, 1744, false",
        "KILL_SENT, finish, 1746, true",
        "CABLE_OUT, backup, 1744, false",
        "CABLE_OUT, backup, 1746, true",
        "CABLE_OUT, main, 2744, false",
        "CABLE_OUT, main, 2746, true"
    })
    void whoIsStoppedTakesNothingBeforeHeIsHit(Kind kind, String subject, long sighted, boolean excused) {
        made.happened(400, Kind.STALLED, "finish");
        made.happened(450, Kind.RESUMED, "finish");
        made.happened(2000, Kind.STALLED, "finish");
        made.happened(3000, kind, subject);
        made.times = new TimeEvidence(Set.of(), Set.of("backup"), TimeLimits.NONE, List.of(), List.of(), List.of());
        String mat = subject.equals("finish") ? "main" : subject;
        made.sent(mat, sighted, 50, Fate.WHOLE);
        made.gap(mat, 1500, 5000);
        assertThat(made.judge().total().destroyed()).isEqualTo(excused ? 1 : 0);
        assertThat(made.judge().total().lost()).isEqualTo(excused ? 0 : 1);
    }

    @Test
    void theKillOfAnotherBoxExcusesNothing() {
        made.happened(3000, Kind.KILL_SENT, "start");
        made.sent("main", 2990, 50, Fate.WHOLE);
        made.gap("main", 2000, 5000);
        assertThat(made.judge().total().lost()).isEqualTo(1);
    }

    @Test
    void whatTheBoxHoldsIsNeverExcused() {
        TruthRead read = made.sent("main", 3000, 50, Fate.NOT_LISTENING);
        made.boxes.add(made.held(read, 0));
        made.gap("main", 2000, 5000);
        assertThat(made.judge().total().lost()).isEqualTo(1);
        assertThat(made.judge().histories().getFirst().text())
                .contains("in the box's journal: journal 00112233 seq ", "in the engine: no")
                .endsWith("; the box's journal holds it");
    }

    @Test
    void aPulledCableExcuses() {
        made.happened(2500, Kind.CABLE_OUT, "main");
        made.happened(3500, Kind.CABLE_IN, "main");
        made.sent("main", 3000, 50, Fate.WHOLE);
        made.gap("main", 2500, 3600);
        assertThat(made.judge().total().destroyed()).isEqualTo(1);
    }

    @Test
    void undetectableDamageIsMatchedUpWithWhatItBecame() {
        TruthRead read = made.sent("main", 3000, 50, Fate.UNDETECTABLE);
        made.delivered(read);
        HeldRead altered = made.withChip(made.engine.removeLast(), 51);
        made.engine.add(altered);
        assertThat(made.judge().reasons()).isEmpty();
        assertThat(made.judge().total()).isEqualTo(new Counts(21, 21, 20, 0, 1, 0, 0, 0));
    }

    @Test
    void undetectableDamageThatMakesAnotherRunnersReadIsNoDuplicate() {
        TruthRead other = made.sent("main", 3000, 51, Fate.WHOLE);
        made.delivered(other);
        made.sent("main", 3000, 50, Fate.UNDETECTABLE);
        made.delivered(other);
        assertThat(made.judge().reasons()).isEmpty();
        assertThat(made.judge().total()).isEqualTo(new Counts(22, 22, 21, 0, 1, 0, 0, 0));
    }

    @Test
    void undetectableDamageExcusesOneInventedReadOnlyAndOnlyAtItsTime() {
        TruthRead read = made.sent("main", 3000, 50, Fate.UNDETECTABLE);
        made.engine.add(made.withChip(made.held(read, 0), 51));
        made.engine.add(made.withChip(made.held(read, 0), 52));
        assertThat(made.judge().total().invented()).isEqualTo(1);
        made.engine.removeLast();
        made.engine.removeLast();
        made.engine.add(made.withChip(made.held(made.sent("main", 5000, 53, Fate.WHOLE), 0), 51));
        assertThat(made.judge().total().invented()).isEqualTo(1);
    }

    /** A gateway that stores a read twice, or makes one up, while a damaged frame swallows another. */
    @Test
    void whatWasSwallowedPaysForNothing() {
        TruthRead other = made.sent("main", 3000, 51, Fate.WHOLE);
        made.delivered(other);
        TruthRead swallowed = made.sent("main", 3001, 50, Fate.SWALLOWED);
        assertThat(made.judge().reasons()).isEmpty();
        assertThat(made.judge().total()).isEqualTo(new Counts(22, 21, 21, 0, 1, 0, 0, 0));
        made.delivered(other);
        assertThat(made.judge().reasons()).containsExactly("1 reads are there twice");
        made.engine.removeLast();
        made.delivered(swallowed);
        assertThat(made.judge().reasons()).containsExactly("1 reads are there that nobody sent");
        made.engine.removeLast();
        made.engine.add(made.withChip(made.held(swallowed, 0), 52));
        assertThat(made.judge().reasons()).containsExactly("1 reads are there that nobody sent");
    }

    @Test
    void aShiftedClockFails() {
        made.engine.replaceAll(held -> made.held(
                made.truth.stream()
                        .filter(read -> read.key().equals(held.key()))
                        .findFirst()
                        .orElseThrow(),
                3600 * 1000 * MS));
        Verdict verdict = made.judge();
        assertThat(verdict.reasons())
                .containsExactly(
                        "20 of 20 times (100.0 %) are outside their stated uncertainty; at most 1 % may be: main 10,"
                                + " backup 10",
                        "20 times are wrong by more than their stated uncertainty and 250 ms");
        assertThat(verdict.times().error().medianNanos()).isEqualTo(3600 * 1000 * MS);
        assertThat(verdict.histories().getFirst().text())
                .endsWith("the engine's time is wrong by 3600000.000 ms, stated uncertainty 3.000 ms");
        assertThat(verdict.total().delivered()).isEqualTo(20);
    }

    /** One of 201 times is wrong; the uncertainty is 3 ms. */
    @ParameterizedTest
    @CsvSource({"2, true", "4, true", "252, true", "254, false", "-254, false"})
    void oneTimeMayBeALittleOutside(long wrongMillis, boolean pass) {
        for (int i = 0; i < 180; i++) {
            made.delivered(made.sent("main", 4000 + i, i, Fate.WHOLE));
        }
        TruthRead read = made.sent("main", 5000, 500, Fate.WHOLE);
        made.engine.add(made.held(read, wrongMillis * MS));
        assertThat(made.judge().pass()).isEqualTo(pass);
        assertThat(made.judge().histories().isEmpty()).isEqualTo(pass);
    }

    @Test
    void moreThanOneInAHundredOutsideFails() {
        TruthRead read = made.sent("main", 5000, 500, Fate.WHOLE);
        made.engine.add(made.held(read, 4 * MS));
        assertThat(made.judge().reasons())
                .containsExactly(
                        "1 of 21 times (4.8 %) are outside their stated uncertainty; at most 1 % may be: main 1");
    }

    @Test
    void anUnsynchronisedReadFails() {
        made.engine.set(0, made.withUncertainty(made.engine.getFirst(), Stamp.UNSYNCHRONISED));
        assertThat(made.judge().reasons())
                .containsExactly(
                        "1 reads are unsynchronised, although somebody vouches for other times of the same" + " boot");
    }

    @Test
    void aProcessThatEndsByItselfFails() {
        made.happened(500, Kind.PROCESS_STARTED, "finish");
        made.happened(600, Kind.KILL_SENT, "finish");
        made.happened(610, Kind.PROCESS_ENDED, "finish");
        made.happened(700, Kind.PROCESS_STARTED, "finish");
        made.happened(800, Kind.PROCESS_ENDED, "finish");
        assertThat(made.judge().reasons()).containsExactly("the process of box finish ended by itself: ");
    }

    @Test
    void delayIsFromSightingToStore() {
        assertThat(made.judge().delay()).isEqualTo(new Spread(20, 20 * MS, 20 * MS, 20 * MS));
    }

    @Test
    void equalReadsAreMatchedByTheirTimes() {
        for (int i = 0; i < 4; i++) {
            TruthRead read = made.sent("main", 10_000 + 250 * i, 70, Fate.WHOLE);
            if (i != 1) {
                made.delivered(read);
            }
        }
        Verdict verdict = made.judge();
        assertThat(verdict.total().lost()).isEqualTo(1);
        assertThat(verdict.times().error().maxNanos()).isEqualTo(MS);
        assertThat(verdict.histories().getFirst().text()).contains("sighted 2023-11-14T22:13:30.250Z");
    }

    @Test
    void tellsTheFirstTwentyHistoriesOfEachKind() {
        for (int i = 0; i < 30; i++) {
            made.sent("main", 4000 + i, i, Fate.WHOLE);
            made.engine.add(made.withChip(made.engine.getFirst(), 1000 + i));
        }
        assertThat(made.judge().histories().stream()
                        .collect(Collectors.groupingBy(History::problem, Collectors.counting())))
                .isEqualTo(Map.of("lost", 20L, "invented", 20L));
    }
}
