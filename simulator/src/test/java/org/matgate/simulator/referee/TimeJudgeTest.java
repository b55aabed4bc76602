package org.matgate.simulator.referee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.matgate.simulator.referee.Case.MS;
import static org.matgate.simulator.referee.Case.OFFSET;

import java.util.List;
import java.util.OptionalLong;
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

/** In the good case: 20 reads, half of them of each mat, wrong by 1 ms and stated within 3 ms. */
class TimeJudgeTest {
    private static final UUID OTHER_BOOT = UUID.fromString("00000000-0000-4000-8000-000000000002");
    private final Case made = Case.good();
    private List<TruthGun> guns = List.of();
    private List<HeldGun> heldGuns = List.of();
    private List<BoxBoot> boots = List.of();

    private Verdict judge(OptionalLong stamping, OptionalLong others, OptionalLong gun) {
        made.times = new TimeEvidence(
                Set.of("main"), Set.of("main", "backup"), new TimeLimits(stamping, others, gun), guns, heldGuns, boots);
        return made.judge();
    }

    private Verdict judge() {
        return judge(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    private void all(String mat, long errorNanos, long uncertaintyNanos, ClockSource source, UUID boot) {
        made.engine.replaceAll(held -> {
            long truth = held.utcNanos() - MS;
            return held.reader().equals(mat)
                    ? Case.withTime(held, new HeldTime(boot, truth, truth + errorNanos, uncertaintyNanos, source))
                    : held;
        });
    }

    @Test
    void findsTimesByKind() {
        all("main", 2 * MS, 4 * MS, ClockSource.KERNEL, Case.BOOT);
        Verdict verdict = judge();
        assertThat(verdict.reasons()).isEmpty();
        assertThat(verdict.times().kinds().get("readers that stamp"))
                .isEqualTo(new TimeFindings.Kind(
                        new Spread(10, 2 * MS, 2 * MS, 2 * MS), new Spread(10, 4 * MS, 4 * MS, 4 * MS)));
        assertThat(verdict.times().kinds().get("other readers"))
                .isEqualTo(new TimeFindings.Kind(new Spread(10, MS, MS, MS), new Spread(10, 3 * MS, 3 * MS, 3 * MS)));
        assertThat(verdict.times().restated()).isEqualTo(new TimeFindings.Restated(10, 0, 2 * MS));
    }

    @Test
    void whatARaceAsksForIsAskedForByKind() {
        assertThat(judge(OptionalLong.of(MS), OptionalLong.of(MS), OptionalLong.empty())
                        .reasons())
                .isEmpty();
        assertThat(judge(OptionalLong.of(MS - 1), OptionalLong.of(MS), OptionalLong.empty())
                        .reasons())
                .containsExactly(
                        "the median error of times of readers that stamp is 1.000 ms; at most 1.000 ms is asked"
                                + " for");
        assertThat(judge(OptionalLong.of(MS), OptionalLong.of(MS / 2), OptionalLong.empty())
                        .reasons())
                .containsExactly(
                        "the median error of times of other readers is 1.000 ms; at most 0.500 ms is asked for");
    }

    /** Of 1,020 times this one is wrong by so much beyond its 3 ms. */
    @ParameterizedTest
    @CsvSource({"main, 252, true", "main, 254, false", "backup, 252, true", "backup, 254, false", "backup, -254, false"
    })
    void noTimeIsFarBeyond(String mat, long wrongMillis, boolean pass) {
        for (int i = 0; i < 999; i++) {
            made.delivered(made.sent("main", 4000 + i, i, Fate.WHOLE));
        }
        made.engine.add(made.held(made.sent(mat, 9000, 5000, Fate.WHOLE), wrongMillis * MS));
        assertThat(judge().pass()).isEqualTo(pass);
    }

    /** "main" stamps within cycles of a second, "backup" does not; reads sighted at 9 s, sent 5 ms later. Terminals are stuck on and on. */
    @ParameterizedTest
    @CsvSource({
        "backup, 700, 8900, 9300, true",
        "backup, 752, 8900, 9300, true",
        "backup, 755, 8900, 9300, false",
        "backup, 352, 8900, 9300, true",
        "backup, -352, 8900, 9300, false",
        "backup, 352, 8000, 8100, false",
        "backup, 352, 9060, 9300, false",
        "backup, 352, 9050, 9300, true",
        "main, 352, 8900, 9300, false",
        "main, 352, 8900, 9500, false",
        "main, 352, 8900, 9510, false",
        "main, 352, 8900, 9900, false",
        "main, 352, 8900, 9910, true",
        "main, 2000, 8900, 9910, false"
    })
    void whatLayInATerminalIsLateBySoMuch(String mat, long wrongMillis, long from, long until, boolean pass) {
        made.happened(from, Kind.TERMINALS_STUCK, "machine");
        made.happened(until, Kind.TERMINALS_FREE, "machine");
        made.happened(until + 90, Kind.TERMINALS_STUCK, "machine");
        made.happened(until + 400, Kind.TERMINALS_FREE, "machine");
        for (int i = 0; i < 20; i++) {
            made.engine.add(made.held(made.sent(mat, 9000, 5000 + i, Fate.WHOLE), wrongMillis * MS));
        }
        assertThat(judge().pass()).isEqualTo(pass);
    }

    /** Wrong by a whole cycle, and stuck from 9,000 to 10,200 ms; each time free for so long after as many milliseconds. */
    @ParameterizedTest
    @CsvSource({"40, 80, false", "900, 12, false", "900, 9, true", "40, 9, true", "1010, 200, true"})
    void aWholeCycleIsLostInOneStretch(long stuck, long free, boolean pass) {
        for (long from = 9000; from < 10_200; from += stuck + free) {
            made.happened(from, Kind.TERMINALS_STUCK, "machine");
            made.happened(from + stuck, Kind.TERMINALS_FREE, "machine");
        }
        for (int i = 0; i < 20; i++) {
            made.engine.add(made.held(made.sent("main", 9000, 5000 + i, Fate.WHOLE), 1000 * MS));
        }
        assertThat(judge().pass()).isEqualTo(pass);
    }

    /** Killed at 9,400 ms: what was sent 250 ms before, or lay in a terminal until then, its box need not have. */
    @ParameterizedTest
    @CsvSource({"8900, 9120, true", "8900, 9050, false", "9060, 9300, false", "8000, 8100, false"})
    void whatLayInATerminalUntilAKillIsExcused(long from, long until, boolean pass) {
        made.happened(500, Kind.PROCESS_STARTED, "finish");
        made.happened(9400, Kind.KILL_SENT, "finish");
        made.happened(9410, Kind.PROCESS_ENDED, "finish");
        made.happened(9500, Kind.PROCESS_STARTED, "finish");
        made.happened(from, Kind.TERMINALS_STUCK, "machine");
        made.happened(until, Kind.TERMINALS_FREE, "machine");
        made.sent("main", 9000, 50, Fate.WHOLE);
        made.gap("main", 8500, 9600);
        assertThat(judge().total().lost()).isEqualTo(pass ? 0 : 1);
    }

    /** An honest bound that says nothing must not pass; from afar nothing better may be had. */
    @ParameterizedTest
    @CsvSource({
        "main, 30, KERNEL, true",
        "main, 31, KERNEL, false",
        "main, 31, CHRONY, false",
        "main, 31, NONE, false",
        "main, 31, ENGINE, true",
        "backup, 200, KERNEL, true",
        "backup, 201, KERNEL, false"
    })
    void aBoundMayNotBeWide(String mat, long millis, ClockSource source, boolean pass) {
        all(mat, 0, millis * MS, source, Case.BOOT);
        assertThat(judge().pass()).isEqualTo(pass);
    }

    /** Hours wrong and stated so, of 1,020 times; those of the mats before are sharp. */
    @ParameterizedTest
    @CsvSource({
        "20, 2999, KERNEL, ''",
        "20, 3012, KERNEL, the 99th percentile of the",
        "20, 3001, ENGINE, ''",
        "5, 29999, KERNEL, ''",
        "1, 30001, KERNEL, 1 times are stated as uncertain by more than 30000.000 ms",
        "1, 9000000, ENGINE, 1 times are stated as uncertain by more than 30000.000 ms"
    })
    void aFewWideBoundsDoNotHideBehindManySharpOnes(int count, long millis, ClockSource source, String reason) {
        for (int i = 0; i < 1000; i++) {
            TruthRead read = made.sent("main", 4000 + i, i, Fate.WHOLE);
            made.engine.add(made.held(read, 0));
            if (i < count) {
                HeldTime time = made.engine.removeLast().time();
                long utc = time.utcNanos() + (millis - 1) * MS;
                made.engine.add(
                        Case.withTime(made.held(read, 0), new HeldTime(Case.BOOT, utc, utc, millis * MS, source)));
            }
        }
        List<String> reasons = judge().reasons();
        assertThat(reasons).hasSize(reason.isEmpty() ? 0 : 1);
        assertThat(reasons).allMatch(each -> each.startsWith(reason));
    }

    @Test
    void aBootThatNobodyVouchesForMayBeUnsynchronised() {
        all("main", 3_700_000 * MS, Stamp.UNSYNCHRONISED, ClockSource.NONE, OTHER_BOOT);
        boots = List.of(boot(OTHER_BOOT, 0, Long.MAX_VALUE));
        Verdict verdict = judge();
        assertThat(verdict.reasons()).isEmpty();
        assertThat(verdict.times().boots()).containsExactly("boot 00000000 of box finish: 10 unsynchronised");
    }

    private static BoxBoot boot(UUID boot, long fromMillis, long untilMillis, ClockSource... vouchers) {
        return new BoxBoot("finish", boot, fromMillis * MS, untilMillis * MS, Set.of(vouchers));
    }

    @Test
    void notIfSomebodyVouchesForOtherTimesOfIt() {
        all("main", 3_700_000 * MS, Stamp.UNSYNCHRONISED, ClockSource.NONE, OTHER_BOOT);
        boots = List.of(boot(OTHER_BOOT, 0, 1000, ClockSource.ENGINE));
        assertThat(judge().reasons())
                .containsExactly(
                        "10 reads are unsynchronised, although somebody vouches for other times of the same boot");
    }

    /** The engine goes away in the middle. */
    @ParameterizedTest
    @CsvSource({"10000, 30000, true", "13000, 22000, true", "16000, 17000, false", "5000, 19000, false"})
    void notIfTheEngineWasThereLongEnough(long away, long back, boolean pass) {
        all("main", 3_700_000 * MS, Stamp.UNSYNCHRONISED, ClockSource.NONE, OTHER_BOOT);
        boots = List.of(boot(OTHER_BOOT, 0, 100_000));
        made.happened(900, Kind.PROCESS_READY, "finish");
        made.happened(away, Kind.ENGINE_STOPPED, "engine");
        made.happened(back, Kind.ENGINE_STARTED, "engine");
        made.happened(34_500, Kind.TERM_SENT, "finish");
        assertThat(judge().reasons())
                .isEqualTo(
                        pass
                                ? List.of()
                                : List.of("10 reads of box finish are unsynchronised, although it could have asked the"
                                        + " engine for the time"));
    }

    private static HeldGun gun(long millis, long errorNanos, ClockSource source, boolean withinLockout) {
        long utc = millis * MS + OFFSET + errorNanos;
        return new HeldGun("finish", new HeldTime(Case.BOOT, utc, utc, 3 * MS, source), withinLockout);
    }

    /** One whose contact opens again after 20 ms. */
    private static TruthGun truth(long millis) {
        return new TruthGun("finish", millis * MS, millis * MS + OFFSET, (millis + 20) * MS);
    }

    private void fired(long millis) {
        made.happened(500, Kind.PROCESS_READY, "finish");
        guns = List.of(truth(millis));
    }

    @ParameterizedTest
    @CsvSource({
        "900000, KERNEL, ",
        "1100000, KERNEL, is wrong by 1.100 ms; at most 1.000 ms is asked for",
        "1100000, ENGINE, ",
        "3100000, ENGINE, 'is wrong by 3.100 ms, outside its stated uncertainty of 3.000 ms'"
    })
    void aGunIsAtItsTime(long errorNanos, ClockSource source, String reason) {
        fired(1500);
        heldGuns = List.of(gun(1500, errorNanos, source, false));
        assertThat(judge(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(MS))
                        .reasons())
                .isEqualTo(
                        reason == null
                                ? List.of()
                                : List.of("the gun at finish at 2023-11-14T22:13:21.500Z " + reason));
    }

    /** An hour wrong, and stated so. */
    @ParameterizedTest
    @CsvSource({
        "100, KERNEL, false, true",
        "101, KERNEL, false, false",
        "101, KERNEL, true, true",
        "101, ENGINE, false, true",
        "5001, ENGINE, false, false",
        "3600000, KERNEL, true, false",
        "3600000, CREW, false, false"
    })
    void aGunIsNotStatedAsWide(long millis, ClockSource source, boolean clockTroubled, boolean pass) {
        fired(1500);
        if (clockTroubled) {
            made.happened(1000, Kind.CLOCK_CHANGED, "finish");
        }
        long utc = 1500 * MS + OFFSET + (millis - 1) * MS;
        heldGuns = List.of(new HeldGun("finish", new HeldTime(Case.BOOT, utc, utc, millis * MS, source), false));
        assertThat(judge().reasons()).hasSize(pass ? 0 : 1);
    }

    @Test
    void aGunIsThereOnce() {
        fired(1500);
        for (boolean withinLockout : new boolean[] {false, true}) {
            heldGuns =
                    List.of(gun(1501, 0, ClockSource.KERNEL, withinLockout), gun(1500, 0, ClockSource.KERNEL, false));
            assertThat(judge().reasons())
                    .as("marked as within the lock-out: %s", withinLockout)
                    .containsExactly("the engine holds a gun at finish at 2023-11-14T22:13:21.501Z that nobody fired");
        }
        heldGuns = List.of(gun(1500, 0, ClockSource.KERNEL, true));
        assertThat(judge().reasons())
                .containsExactly("the gun at finish at 2023-11-14T22:13:21.500Z is marked as within the lock-out of"
                        + " another, and there was none");
    }

    /** One goes off before the box runs; the other's event is not its. */
    @Test
    void aGunThatNobodyHadToHearTakesNoOthersEvent() {
        fired(1500);
        guns = List.of(truth(100), truth(1500));
        heldGuns = List.of(gun(1500, 0, ClockSource.KERNEL, false));
        assertThat(judge().reasons()).isEmpty();
    }

    @Test
    void aGunMayBeUnsynchronisedWhereNobodyVouchesForItsBoot() {
        fired(1500);
        heldGuns = List.of(
                new HeldGun("finish", new HeldTime(OTHER_BOOT, 0, 0, Stamp.UNSYNCHRONISED, ClockSource.NONE), false));
        assertThat(judge().reasons()).isEmpty();
        boots = List.of(boot(OTHER_BOOT, 0, 1000, ClockSource.ENGINE));
        assertThat(judge().reasons())
                .containsExactly("the gun at finish at 2023-11-14T22:13:21.500Z is unsynchronised, although somebody"
                        + " vouches for other times of the same boot");
    }

    @ParameterizedTest
    @CsvSource({"400, true", "749, true", "751, false", "2729, false", "2731, true", "3100, true"})
    void aGunIsMissedWhileTheBoxRuns(long millis, boolean excused) {
        fired(millis);
        made.happened(3000, Kind.KILL_SENT, "finish");
        assertThat(judge().pass()).isEqualTo(excused);
    }
}
