package org.matgate.simulator.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.race.ClockTable;
import org.matgate.simulator.race.RaceClock;

/** Times are this machine's CLOCK_MONOTONIC: the plan is drawn at 1,000 s, the race starts at 1,010 s. */
class BoxClockPlanTest {
    private static final long S = 1_000_000_000;
    private static final long NOW = 1_000 * S;
    private static final long START = 1_010 * S;
    private static final long OFFSET = 1_700_000_000L * S;

    @TempDir
    Path directory;

    private static long utc(long machineNanos) {
        return machineNanos + OFFSET;
    }

    private static ClockTable table(boolean synchronised, OptionalLong starts, long driftPpb) {
        return new ClockTable("finish", starts, 0, synchronised, 1_000_000, OptionalLong.of(driftPpb), 0.5);
    }

    private List<BootClock> boots(ClockTable table, long seed, Fault... faults) throws IOException {
        BoxClockPlan plan = new BoxClockPlan(table, seed, BoxClockPlanTest::utc, NOW);
        plan.race(List.of(faults), START, 60 * S);
        ClockFile file = new ClockFile(directory.resolve("clock.txt"));
        file.write(plan.lines());
        return file.boots();
    }

    private static long error(BootClock clock, long machineNanos) {
        return clock.utcAt(machineNanos) - utc(machineNanos);
    }

    @Test
    void aBoxWithoutABatteryBeginsIn1970AndIsPutRight() throws IOException {
        BootClock clock = boots(table(false, OptionalLong.of(0), 40_000), 3, new Fault.ClockSync("finish", 20 * S))
                .getFirst();
        assertThat(clock.fromMachineNanos()).isEqualTo(NOW);
        assertThat(clock.utcAt(NOW)).isZero();
        assertThat(clock.lineAt(START + 19 * S).synchronised()).isFalse();
        // Of the quartz nothing is known before.
        assertThat(clock.monotonicAt(START) - clock.monotonicAt(NOW)).isEqualTo(10 * S + 400_000);
        assertThat(clock.lineAt(START + 20 * S).synchronised()).isTrue();
        assertThat(error(clock, START + 20 * S)).isBetween(-1_000_000L, 1_000_000L);
        // Afterwards the drift is taken out of the one and stays in the other.
        long ran = clock.monotonicAt(START + 60 * S) - clock.monotonicAt(START + 20 * S);
        assertThat(ran).isCloseTo(40 * S, within(40_000L));
        long raw = clock.rawAt(START + 60 * S) - clock.rawAt(START + 20 * S);
        assertThat(raw).isCloseTo(40 * S + 40 * 40_000, within(40 * 500L));
    }

    @Test
    void aBootIsNewAndHasAClockThatBeginsAnew() throws IOException {
        List<BootClock> boots = boots(
                table(false, OptionalLong.of(0), 0),
                3,
                new Fault.ClockSync("finish", 10 * S),
                new Fault.Boot("finish", 20 * S, 25 * S));
        assertThat(boots).hasSize(2);
        BootClock second = boots.getLast();
        assertThat(second.bootId()).isNotEqualTo(boots.getFirst().bootId());
        assertThat(second.fromMachineNanos()).isBetween(START + 24 * S, START + 25 * S);
        assertThat(second.monotonicAt(START + 25 * S)).isBetween(0L, 20 * S);
        assertThat(second.utcAt(second.fromMachineNanos())).isZero();
        assertThat(second.lineAt(START + 60 * S).synchronised()).isFalse();
    }

    /** As in Linux: CLOCK_MONOTONIC is slewed with UTC, and does not step with it. */
    @Test
    void slewsMoveBothClocksAndStepsOne() throws IOException {
        ClockTable table =
                new ClockTable("finish", OptionalLong.empty(), 5 * S, false, 1_000_000, OptionalLong.of(0), 0);
        BootClock clock = boots(
                        table,
                        3,
                        new Fault.ClockSlew("finish", 10 * S, 20 * S, 500),
                        new Fault.ClockStep("finish", 30 * S, -2 * S),
                        new Fault.ClockStep("start", 30 * S, -2 * S))
                .getFirst();
        assertThat(error(clock, START + 10 * S)).isEqualTo(5 * S);
        assertThat(error(clock, START + 29 * S)).isEqualTo(5 * S + 5_000_000);
        assertThat(clock.monotonicAt(START + 29 * S) - clock.monotonicAt(START)).isEqualTo(29 * S + 5_000_000);
        assertThat(clock.rawAt(START + 29 * S) - clock.rawAt(START)).isEqualTo(29 * S);
        assertThat(error(clock, START + 31 * S)).isEqualTo(3 * S + 5_000_000);
        assertThat(clock.monotonicAt(START + 31 * S) - clock.monotonicAt(START + 29 * S))
                .isEqualTo(2 * S);
    }

    @Test
    void whoSetsASynchronisedClockUnsynchronisesIt() throws IOException {
        BootClock clock = boots(
                        table(true, OptionalLong.empty(), 0),
                        3,
                        new Fault.ClockStep("finish", 10 * S, 2 * S),
                        new Fault.ClockSync("finish", 20 * S),
                        new Fault.ClockLost("finish", 30 * S))
                .getFirst();
        assertThat(clock.lineAt(START + 9 * S).synchronised()).isTrue();
        assertThat(clock.lineAt(START + 11 * S).synchronised()).isFalse();
        assertThat(clock.lineAt(START + 21 * S).synchronised()).isTrue();
        assertThat(clock.lineAt(START + 31 * S).synchronised()).isFalse();
        // 500 ppm for at least 24 s.
        assertThat(clock.lineAt(START + 58 * S).maxErrorNanos()).isGreaterThan(12_000_000);
    }

    @RepeatedTest(30)
    void aClockThatSaysItIsSynchronisedIsWithinItsBound() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            long at = random.nextLong(60 * S);
            faults.add(
                    switch (random.nextInt(5)) {
                        case 0 -> new Fault.ClockSync("finish", at);
                        case 1 -> new Fault.ClockLost("finish", at);
                        case 2 -> new Fault.ClockStep("finish", at, random.nextLong(-2_000_000, 2_000_000));
                        case 3 ->
                            new Fault.ClockSlew(
                                    "finish", at, at + random.nextLong(5 * S), random.nextDouble(-500, 500));
                        default -> new Fault.Boot("finish", at, at + random.nextLong(1, 3 * S));
                    });
        }
        List<BootClock> boots = boots(
                table(random.nextBoolean(), OptionalLong.empty(), random.nextLong(-90_000, 90_000)),
                seed,
                faults.toArray(Fault[]::new));
        for (int i = 0; i < boots.size(); i++) {
            BootClock boot = boots.get(i);
            long until = i + 1 < boots.size() ? boots.get(i + 1).fromMachineNanos() : START + 100 * S;
            long before = Long.MIN_VALUE;
            for (long at = boot.fromMachineNanos(); at < until; at += 37_000_000) {
                if (boot.lineAt(at).synchronised()) {
                    assertThat(Math.abs(error(boot, at)))
                            .as("seed %d, %s at %d", seed, faults, at)
                            .isLessThanOrEqualTo(boot.lineAt(at).maxErrorNanos());
                }
                assertThat(boot.monotonicAt(at)).isGreaterThan(before);
                before = boot.monotonicAt(at);
                assertThat(boot.machineOf(before)).as("seed %d", seed).isCloseTo(at, within(3L));
            }
        }
    }

    /** Of a race whose clock is told by and by; the box is told ahead of each change. */
    @Test
    void whatIsToldByAndByIsToldAhead() throws IOException {
        RaceClock race = RaceClock.starting(START);
        BoxClockPlan plan = new BoxClockPlan(table(true, OptionalLong.empty(), 0), 3, BoxClockPlanTest::utc, NOW);
        plan.race(
                List.of(new Fault.ClockLost("finish", 300 * S), new Fault.ClockSync("finish", 320 * S)), race, 600 * S);
        List<Long> told = new ArrayList<>();
        for (long now = START; race.raceNanos(now) < 600 * S; now += S / 2) {
            long shown = race.raceNanos(race.knownUntilNanos());
            boolean calm = shown >= 290 * S && shown < 330 * S;
            race.goOn(calm ? race.knownUntilNanos() + 40 * S : now + S, calm ? 1 : 20);
            int before = plan.lines().size();
            assertThat(plan.goOn(now + 4 * S)).isEqualTo(plan.lines().size() > before);
            for (ClockLine line : plan.lines().subList(before, plan.lines().size())) {
                told.add(line.fromMachineNanos() - now);
            }
        }
        // Half a second from one look to the next, but for the first, which comes as the race begins.
        assertThat(told.stream().skip(1)).allSatisfy(ahead -> assertThat(ahead).isBetween(3 * S, 4 * S));
        ClockFile file = new ClockFile(directory.resolve("clock.txt"));
        file.write(plan.lines());
        BootClock clock = file.boots().getFirst();
        long lost = race.monotonicNanos(300 * S);
        long found = race.monotonicNanos(320 * S);
        assertThat(found - lost).isEqualTo(20 * S);
        assertThat(clock.lineAt(lost - 1).synchronised()).isTrue();
        assertThat(clock.lineAt(lost).synchronised()).isFalse();
        assertThat(clock.lineAt(found - 1).synchronised()).isFalse();
        assertThat(clock.lineAt(found).synchronised()).isTrue();
        for (long at = START; at < plan.lines().getLast().fromMachineNanos(); at += S / 10) {
            if (clock.lineAt(at).synchronised()) {
                assertThat(Math.abs(error(clock, at)))
                        .isLessThanOrEqualTo(clock.lineAt(at).maxErrorNanos());
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameClocks() throws IOException {
        assertThat(boots(table(true, OptionalLong.empty(), 0), 7).getFirst().bootId())
                .isEqualTo(boots(table(true, OptionalLong.empty(), 0), 7)
                        .getFirst()
                        .bootId())
                .isNotEqualTo(boots(table(true, OptionalLong.empty(), 0), 8)
                        .getFirst()
                        .bootId());
    }

    @Test
    void aLineThatIsNoneIsToldWithItsPlace() throws IOException {
        Path file = Files.writeString(directory.resolve("clock.txt"), "# columns\n1 2 3\n");
        assertThatThrownBy(() -> new ClockFile(file).boots()).hasMessage(file + ":2: 3 columns; want 9");
    }
}
