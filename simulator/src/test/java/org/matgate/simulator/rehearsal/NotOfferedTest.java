package org.matgate.simulator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.fault.FaultLog;
import org.matgate.simulator.fault.Happening.Kind;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.race.TimeLimits;
import org.matgate.simulator.reader.WireLog.Fate;
import org.matgate.simulator.reader.WireLog.WireRead;

/** In the race of the five families; its times are seconds of the race. */
class NotOfferedTest {
    private static final long RACE_START_NANOS = 1_000_000_000_000L;
    private static final String LLRP = "finish-llrp";
    private static final String CHAFON = "split-chafon";
    private static final String R2000 = "finish-r2000";
    private static final String R2000_TCP = "finish-r2000-tcp";

    private final List<WireRead> truth = new ArrayList<>();
    private final FaultLog faults = new FaultLog();
    private Scenario scenario;
    private NotOffered notOffered;

    @BeforeEach
    void aRaceBegins() throws Exception {
        scenario = Scenario.load("families");
        notOffered = new NotOffered(scenario, (read, sent, fate) -> truth.add(read), faults);
        notOffered.raceStarts(scenario, RaceClock.realTime(RACE_START_NANOS));
    }

    private static long nanos(double seconds) {
        return RACE_START_NANOS + Math.round(seconds * 1e9);
    }

    private void ignored(String mat, double... seconds) {
        for (double second : seconds) {
            notOffered.ignored(mat, nanos(second));
        }
    }

    private void toNobody(String mat, double seconds) {
        Chip chip = new Chip("300000000000000000001545");
        notOffered.offered(
                new WireRead(mat, nanos(seconds), chip, 1, OptionalInt.empty(), ReaderTime.NONE),
                nanos(seconds),
                Fate.NOT_LISTENING);
    }

    private List<String> reasons(String mat) {
        return scenario.mats().stream()
                .filter(one -> one.name().equals(mat))
                .flatMap(one -> notOffered.reasons(one).stream())
                .toList();
    }

    @Test
    void aReaderThatHadNoPowerOrWasHotDoesNotRead() {
        ignored(LLRP, 25.1, 28.9, 31, 47, 55, 57, 66, 75);
        assertThat(reasons(LLRP)).isEmpty();
    }

    /** As when it deletes the ROSpec, or resets the reader, upon each new connection. */
    @Test
    void aBoxThatStopsAnLlrpReaderAsItConnectsAgainIsToldOf() {
        ignored(LLRP, 85.2, 85.3, 94);
        assertThat(reasons(LLRP))
                .containsExactly("mat finish-llrp was told not to read 3 sightings, although nothing went wrong there"
                        + " at the time, from 85.2 to 94.0 s after the race clock's start");
    }

    @Test
    void readersThatNeedTheBoxAreNotReadWithoutIt() {
        ignored("finish-r2000", 78.6, 84, 99);
        assertThat(reasons("finish-r2000")).isEmpty();
    }

    @Test
    void beforeAnythingGoesWrongNothingIsExcused() {
        ignored("split-mercury", 5);
        assertThat(reasons("split-mercury")).hasSize(1);
    }

    @Test
    void anLlrpReaderIsToKeepWhatNobodyHears() {
        toNobody(LLRP, 79);
        toNobody("finish-r2000", 79);
        assertThat(reasons(LLRP)).containsExactly("mat finish-llrp was not told to keep 1 reads that nobody heard");
        assertThat(reasons("finish-r2000")).isEmpty();
        assertThat(truth).hasSize(2);
    }

    @Test
    void aFrameThatComesSlowlyMayBeCut() {
        toNobody(LLRP, 20.5);
        assertThat(reasons(LLRP)).isEmpty();
    }

    private void waited(String mat, double from, double until) {
        waited(mat, 0, from, until);
    }

    private void waited(String mat, int antenna, double from, double until) {
        notOffered.waited(mat, antenna, nanos(from), nanos(until), nanos(until) - nanos(from));
    }

    /** As busy machines do; a few are nobody's fault. */
    private void waitsShortly(String mat, int times) {
        for (int i = 0; i < times; i++) {
            waited(mat, 5, 5.2);
        }
    }

    @Test
    void aBoxThatAsksItsReaderEveryFewSecondsIsToldOf() {
        for (int i = 0; i < 5; i++) {
            waited(R2000, 2 + 0.5 * i, 4.5 + 0.5 * i);
        }
        assertThat(reasons(R2000))
                .containsExactly(
                        "the box of mat finish-r2000 did not ask it for more than 1.5 s 5 times of 5 while somebody"
                                + " was there to be seen, although nothing went wrong there at the time, at most for 2.5 s; 1 %"
                                + " may be so long, and none longer than 5 s, from 2.0 to 4.0 s after the race clock's start");
    }

    @Test
    void aFewLongWaitsAreABusyMachines() {
        waitsShortly(R2000, 400);
        for (int i = 0; i < 4; i++) {
            waited(R2000, 2 + 0.5 * i, 4.5 + 0.5 * i);
        }
        assertThat(reasons(R2000)).isEmpty();
        waited(R2000, 4, 6);
        assertThat(reasons(R2000)).hasSize(1);
    }

    /** Its other antennas are asked well and often. */
    @Test
    void anAntennaThatIsAskedTooSeldomDoesNotHideBehindAnother() {
        for (int i = 0; i < 400; i++) {
            waited(CHAFON, 1, 2 + 0.02 * i, 2.01 + 0.02 * i);
        }
        for (int i = 0; i < 3; i++) {
            waited(CHAFON, 2, 2 + 3 * i, 4.9 + 3 * i);
        }
        assertThat(reasons(CHAFON))
                .containsExactly(
                        "the box of mat split-chafon did not ask it for antenna 2 for more than 1.5 s 3 times of 3 while"
                                + " somebody was there to be seen, although nothing went wrong there at the time, at most for"
                                + " 2.9 s; 1 % may be so long, and none longer than 5 s, from 2.0 to 8.0 s after the race"
                                + " clock's start");
    }

    @Test
    void noWaitMayBeVeryLong() {
        waitsShortly(R2000, 1000);
        waited(R2000, 1, 6.5);
        assertThat(reasons(R2000)).hasSize(1);
    }

    @Test
    void aWaitIsAsLongAsNothingExplainsIt() {
        for (int i = 0; i < 5; i++) {
            // The cable was out from 69.5 to 73.5 s, and a box has half a minute.
            waited(R2000, 69, 90 + i);
        }
        assertThat(reasons(R2000)).isEmpty();
        for (int i = 0; i < 5; i++) {
            waited(R2000, 112 + i, 119);
        }
        assertThat(reasons(R2000)).hasSize(1);
    }

    @Test
    void aTerminalThatIsStuckIsNotTheBox() {
        for (int i = 0; i < 5; i++) {
            waited(R2000, 2, 9);
            waited(R2000_TCP, 2, 9);
        }
        faults.add(nanos(2.2), Kind.TERMINALS_STUCK, "machine", "");
        faults.add(nanos(8.4), Kind.TERMINALS_FREE, "machine", "");
        assertThat(reasons(R2000)).isEmpty();
        assertThat(reasons(R2000_TCP)).hasSize(1);
    }

    /** Its question, or the answer to the one before, lies in the terminal. */
    @Test
    void whoIsNotAskedAsTheTerminalsAreStuckSeesNobody() {
        for (String mat : List.of(R2000, R2000_TCP, "finish-ipico")) {
            ignored(mat, 2.3, 2.6);
        }
        faults.add(nanos(2.2), Kind.TERMINALS_STUCK, "machine", "");
        faults.add(nanos(2.5), Kind.TERMINALS_FREE, "machine", "");
        assertThat(reasons(R2000)).isEmpty();
        assertThat(reasons(R2000_TCP)).hasSize(1);
        assertThat(reasons("finish-ipico")).hasSize(1);
        notOffered.overflowed(R2000, nanos(2.6));
        notOffered.overflowed(R2000_TCP, nanos(2.6));
        assertThat(reasons(R2000)).isEmpty();
        assertThat(reasons(R2000_TCP)).hasSize(2);
        ignored(R2000, 3.2);
        notOffered.overflowed(R2000, nanos(3.2));
        assertThat(reasons(R2000)).hasSize(2);
    }

    @Test
    void blipsOfTheTerminalsExplainNoMoreThanThemselves() {
        for (int i = 0; i < 11; i++) {
            faults.add(nanos(2 + 0.9 * i), Kind.TERMINALS_STUCK, "machine", "");
            faults.add(nanos(2.04 + 0.9 * i), Kind.TERMINALS_FREE, "machine", "");
        }
        for (int i = 20; i < 120; i++) {
            ignored(R2000, i / 10.0);
            notOffered.overflowed(CHAFON, nanos(i / 10.0));
        }
        assertThat(reasons(R2000)).hasSize(1);
        assertThat(reasons(CHAFON)).hasSize(1);
    }

    @Test
    void aMemoryThatRunsOverAlthoughNothingKeptTheBoxAwayIsToldOf() {
        notOffered.overflowed(LLRP, nanos(10));
        notOffered.overflowed(LLRP, nanos(12.5));
        assertThat(reasons(LLRP))
                .containsExactly(
                        "mat finish-llrp had no room for 2 sightings, as its box did not fetch what it had read,"
                                + " and nothing kept it away for so long, from 10.0 to 12.5 s after the race clock's start");
    }

    @Test
    void aMemoryIsFullWhereItIsSaidToBeOrHadTheTimeToFill() {
        // Said to be full from 24.5 to 25.5 s; without its cable from 69.5 to 73.5 s, in which 64 chips come.
        notOffered.overflowed(R2000, nanos(25));
        notOffered.overflowed(R2000, nanos(73));
        assertThat(reasons(R2000)).isEmpty();
    }

    @Test
    void aBoxThatWasAwayShortlyHasTimeToFetchWhatAMemoryHolds() {
        Fault kill = new Fault.Kill("finish", 81_000_000_000L);
        scenario = scenario.withFaults(1, List.of(kill), TimeLimits.NONE);
        notOffered.raceStarts(scenario, RaceClock.realTime(RACE_START_NANOS));
        // No 4,096 reads come so soon, of 80 a second.
        notOffered.overflowed("finish-ipico", nanos(82));
        assertThat(reasons("finish-ipico")).hasSize(1);
    }
}
