package org.matgate.simulator.referee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Stamp;
import org.matgate.simulator.fault.Happening.Kind;
import org.matgate.simulator.race.TimeLimits;
import org.matgate.simulator.reader.WireLog.Fate;

/** What a box is held to that is killed every few seconds, and whose readers are well. */
class ShortLivesTest {
    private final Case made = Case.good();

    /**
     * A box of short lives: started at 2 s and ready at 4 s, killed at 20 s, in a new boot from 21 s on and ready at 24 s;
     * the cable of one mat is out from 40 s to 42 s. A gap from 0 on is open to the past of the boot that it ends in.
     */
    @ParameterizedTest
    @CsvSource({
        "main, 0, 8900, true",
        "main, 0, 9100, false",
        "main, 17100, 28900, true",
        "main, 16900, 28900, false",
        "main, 17100, 29100, false",
        "main, 0, 28900, true",
        "main, 0, 29100, false",
        "main, 37100, 46900, true",
        "main, 36900, 46900, false",
        "backup, 38000, 39000, false",
        "main, 30000, 30001, false"
    })
    void theGapsOfABoxOfShortLivesLieWhereSomethingHappened(String mat, long from, long until, boolean pass) {
        made.happened(2_000, Kind.PROCESS_STARTED, "finish");
        made.happened(4_000, Kind.PROCESS_READY, "finish");
        made.happened(20_000, Kind.KILL_SENT, "finish");
        made.happened(22_000, Kind.PROCESS_STARTED, "finish");
        made.happened(24_000, Kind.PROCESS_READY, "finish");
        made.happened(40_000, Kind.CABLE_OUT, "main");
        made.happened(42_000, Kind.CABLE_IN, "main");
        made.times = shortLives();
        made.gap(mat, from, until);
        assertThat(made.judge().pass()).as("%s", made.judge().reasons()).isEqualTo(pass);
    }

    /** Two boots, the second from 21 s on. */
    private static TimeEvidence shortLives() {
        return new TimeEvidence(
                Set.of("main", "backup"),
                Set.of("backup"),
                TimeLimits.OF_SHORT_LIVES,
                List.of(),
                List.of(),
                List.of(
                        new BoxBoot("finish", Case.BOOT, 1_000 * Case.MS, 21_000 * Case.MS, Set.of(ClockSource.KERNEL)),
                        new BoxBoot(
                                "finish",
                                UUID.fromString("00000000-0000-4000-8000-000000000002"),
                                21_000 * Case.MS,
                                Long.MAX_VALUE,
                                Set.of(ClockSource.KERNEL))));
    }

    /** The cable is back at 5 s: a box of short lives hears its readers within 5 s. */
    @ParameterizedTest
    @CsvSource({"9900, 0", "10100, 1"})
    void whoHasShortLivesListensSoonAgain(long sighted, long lost) {
        made.happened(3000, Kind.CABLE_OUT, "main");
        made.happened(5000, Kind.CABLE_IN, "main");
        made.times = shortLives();
        made.sent("main", sighted, 50, Fate.NOT_LISTENING);
        made.gap("main", sighted - 10, sighted + 10);
        assertThat(made.judge().total().lost()).isEqualTo(lost);
    }

    /** Of 20 times none may be outside by however little; nor may what is stated be of no use. */
    @ParameterizedTest
    @CsvSource({"main, 2, 3, 1, true", "main, 4, 3, 1, false", "main, 0, 9900, 10, true", "main, 0, 10100, 10, false"})
    void theTimesOfABoxOfShortLivesAreWhatItStates(
            String mat, long wrongMillis, long statedMillis, int reads, boolean pass) {
        made.times = shortLives();
        for (int i = 0; i < reads; i++) {
            HeldRead held = made.engine.get(2 * i);
            assertThat(held.reader()).isEqualTo(mat);
            made.engine.set(
                    2 * i,
                    Case.withTime(
                            held,
                            Case.time(held.utcNanos() - Case.MS + wrongMillis * Case.MS, statedMillis * Case.MS)));
        }
        for (int i = 0; i < reads && statedMillis > 100; i++) {
            made.engine.set(2 * i + 1, made.withUncertainty(made.engine.get(2 * i + 1), statedMillis * Case.MS));
        }
        assertThat(made.judge().pass()).as("%s", made.judge().reasons()).isEqualTo(pass);
    }

    /** A read goes out 5 ms after its sighting: of a module on a serial line that may be the simulator's delay. */
    @ParameterizedTest
    @CsvSource({"backup, 8, true", "backup, 9, false", "main, 4, false", "backup, -4, false"})
    void whatTheSimulatorSentLateMayBeLateByThat(String mat, long wrongMillis, boolean pass) {
        made.times = shortLives();
        int index = mat.equals("main") ? 0 : 1;
        HeldRead held = made.engine.get(index);
        assertThat(held.reader()).isEqualTo(mat);
        made.engine.set(
                index, Case.withTime(held, Case.time(held.utcNanos() - Case.MS + wrongMillis * Case.MS, 3 * Case.MS)));
        assertThat(made.judge().pass()).as("%s", made.judge().reasons()).isEqualTo(pass);
    }

    @Test
    void noTimeOfABoxOfShortLivesStaysUnsynchronised() {
        made.times = shortLives();
        made.engine.set(0, made.withUncertainty(made.engine.getFirst(), Stamp.UNSYNCHRONISED));
        assertThat(made.judge().reasons())
                .containsExactly("1 reads are unsynchronised, although somebody vouches for the time in the end");
    }
}
