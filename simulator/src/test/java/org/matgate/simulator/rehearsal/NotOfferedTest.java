package org.matgate.simulator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.reader.WireLog.Fate;
import org.matgate.simulator.reader.WireLog.WireRead;

/** In the race of the five families; its times are seconds of the race. */
class NotOfferedTest {
    private static final long RACE_START_NANOS = 1_000_000_000_000L;
    private static final String LLRP = "finish-llrp";

    private final List<WireRead> truth = new ArrayList<>();
    private Scenario scenario;
    private NotOffered notOffered;

    @BeforeEach
    void aRaceBegins() throws Exception {
        scenario = Scenario.load("families");
        notOffered = new NotOffered(scenario, (read, sent, fate) -> truth.add(read));
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
}
