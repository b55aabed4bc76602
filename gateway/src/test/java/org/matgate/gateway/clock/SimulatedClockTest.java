package org.matgate.gateway.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SimulatedClockTest {
    private static final long SECOND = 1_000_000_000;
    private static final String BOOT = "11111111-1111-4111-8111-111111111111";
    private static final String NEXT_BOOT = "22222222-2222-4222-8222-222222222222";

    @TempDir
    private Path directory;

    private final FakeClock machine = new FakeClock();
    private Path file;

    @BeforeEach
    void machineAtThousandSeconds() {
        file = directory.resolve("clock");
        machine.monotonic = 1_000 * SECOND;
    }

    @Test
    void playsItsState() throws Exception {
        write("# a comment\n\n", line(990, BOOT, -900, "1000 -20000 5000000000000 true 3000000 none"));
        SimulatedClock clock = open();
        assertThat(clock.bootId()).isEqualTo(UUID.fromString(BOOT));
        assertThat(clock.monotonicNanos()).isEqualTo(100 * SECOND + 10 * 1_000);
        assertThat(clock.monotonicOfMachine(995 * SECOND)).isEqualTo(95 * SECOND + 5 * 1_000);
        ClockReading reading = clock.read();
        assertThat(reading.monotonicNanos()).isEqualTo(100 * SECOND + 10 * 1_000);
        assertThat(reading.rawNanos()).isEqualTo(100 * SECOND - 10 * 20_000);
        assertThat(reading.utcNanos()).isEqualTo(5_100 * SECOND + 10 * 1_000);
        assertThat(reading.synchronised()).isTrue();
        assertThat(reading.discipline().maxErrorNanos()).isEqualTo(3_000_000);
        assertThat(reading.bracketNanos()).isEqualTo(machine.bracket);
    }

    @Test
    void stateHoldsFromItsMomentAndRawRunsOn() throws Exception {
        write(
                line(1_000, BOOT, 0, "0 100000 0 false 0 none"),
                line(1_010, BOOT, 0, "0 0 7000000000 true 1000 none"),
                line(1_020, BOOT, 0, "0 -100000 7000000000 true 1000 none"));
        SimulatedClock clock = open();
        at(1_009);
        assertThat(clock.read().synchronised()).isFalse();
        assertThat(clock.read().utcNanos()).isEqualTo(1_009 * SECOND);
        at(1_010);
        assertThat(clock.read().utcNanos()).isEqualTo(1_017 * SECOND);
        assertThat(clock.read().rawNanos()).isEqualTo(1_010 * SECOND + 1_000_000);
        at(1_025);
        assertThat(clock.read().rawNanos()).isEqualTo(1_025 * SECOND + 500_000);
    }

    @Test
    void monotonicNeverJumpsAndLeapIsPlayed() throws Exception {
        write(
                line(1_000, BOOT, -1_000, "100000 0 5000 true 1000 insert"),
                line(1_010, BOOT, -1_000, "-100000 0 -999995000 true 1000 in-progress"));
        SimulatedClock clock = open();
        assertThat(clock.read().discipline().leap()).isEqualTo(Leap.INSERT);
        at(1_010);
        assertThat(clock.monotonicNanos()).isEqualTo(10 * SECOND + 1_000_000);
        assertThat(clock.read().discipline().leap()).isEqualTo(Leap.IN_PROGRESS);
        assertThat(clock.read().utcNanos()).isEqualTo(10 * SECOND + 1_000_000 - 999_995_000);
        at(1_020);
        assertThat(clock.monotonicNanos()).isEqualTo(20 * SECOND);
        assertThat(clock.monotonicOfMachine(1_005 * SECOND)).isEqualTo(5 * SECOND + 500_000);
    }

    @Test
    void followsAppendedLinesOnceTheyAreWhole() throws Exception {
        write(line(1_000, BOOT, 0, "0 0 0 true 0 none"));
        SimulatedClock clock = open();
        at(1_005);
        String step = line(1_004, BOOT, 0, "0 0 9000 true 0 none");
        append(step.substring(0, step.length() - 5));
        assertThat(clock.read().utcNanos()).isEqualTo(1_005 * SECOND);
        append(step.substring(step.length() - 5));
        assertThat(clock.read().utcNanos()).isEqualTo(1_005 * SECOND + 9_000);
    }

    @Test
    void followsAReplacedFileThatLeavesOutThePast() throws Exception {
        write(line(1_000, BOOT, 0, "0 1000000 0 true 0 none"), line(1_020, BOOT, 0, "0 0 5000 true 0 none"));
        SimulatedClock clock = open();
        at(1_010);
        replace(line(1_030, BOOT, 0, "0 0 9000 true 0 none"));
        assertThat(clock.read().utcNanos()).isEqualTo(1_010 * SECOND);
        at(1_025);
        assertThat(clock.read().utcNanos()).isEqualTo(1_025 * SECOND + 5_000);
        at(1_030);
        assertThat(clock.read().utcNanos()).isEqualTo(1_030 * SECOND + 9_000);
        assertThat(clock.read().rawNanos()).isEqualTo(1_030 * SECOND + 20_000_000);
    }

    @Test
    void badLineKeepsTheLastGoodState() throws Exception {
        write(line(1_000, BOOT, 0, "0 0 5 true 0 none"));
        SimulatedClock clock = open();
        append("nonsense\n");
        assertThat(clock.read().utcNanos()).isEqualTo(1_000 * SECOND + 5);
        Files.delete(file);
        assertThat(clock.read().utcNanos()).isEqualTo(1_000 * SECOND + 5);
        write(line(1_000, BOOT, 0, "0 0 6 true 0 none"));
        assertThat(clock.read().utcNanos()).isEqualTo(1_000 * SECOND + 6);
    }

    @Test
    void anotherBootIsForAProcessThatStartsLater() throws Exception {
        write(line(1_000, BOOT, 0, "0 0 5 true 0 none"), line(1_010, NEXT_BOOT, -1_010, "0 0 6 false 0 none"));
        SimulatedClock old = open();
        at(1_020);
        assertThat(old.bootId()).hasToString(BOOT);
        assertThat(old.read().utcNanos()).isEqualTo(1_020 * SECOND + 5);
        SimulatedClock fresh = open();
        assertThat(fresh.bootId()).hasToString(NEXT_BOOT);
        assertThat(fresh.monotonicNanos()).isEqualTo(10 * SECOND);
        assertThat(fresh.read().rawNanos()).isEqualTo(10 * SECOND);
        assertThat(fresh.read().synchronised()).isFalse();
    }

    @Test
    void bootKeepsItsMonotonicClock() throws Exception {
        write(line(1_000, BOOT, 0, "0 0 5 true 0 none"));
        SimulatedClock clock = open();
        replace(line(1_000, BOOT, 1, "0 0 6 true 0 none"));
        assertThat(clock.read().monotonicNanos()).isEqualTo(1_000 * SECOND);
        assertThat(clock.read().utcNanos()).isEqualTo(1_000 * SECOND + 5);
    }

    @Test
    void errorsAtTheStartTellFileLineAndWhatIsRight() throws Exception {
        refuses("cannot read the simulated clock");
        write("# nothing\n");
        refuses(": no state holds now", "effective_machine_nanos boot_id");
        write(line(1_001, BOOT, 0, "0 0 5 true 0 none"));
        refuses(": no state holds now, at CLOCK_MONOTONIC 1000000000000 ns");
        write("# one\n", "1 2 3\n");
        refuses(":2: 3 columns; want 9: effective_machine_nanos boot_id");
        write(line(0, "me", 0, "0 0 5 true 0 none"));
        refuses(":1: boot_id is \"me\"; want a UUID such as");
        write(line(0, BOOT, 0, "0 0 5 yes 0 none"));
        refuses(":1: synchronised is \"yes\"; want true or false");
        write(line(0, BOOT, 0, "x 0 5 true 0 none"));
        refuses(":1: monotonic_rate_ppb is \"x\"; want a whole number from -500000000 to 500000000");
        write(line(0, BOOT, 0, "0 0 5 true 0 maybe"));
        refuses(":1: leap is \"maybe\"; want none, insert, delete or in-progress");
        write(line(0, BOOT, 0, "0 0 5 true -1 none"));
        refuses(":1: max_error_nanos is \"-1\"; want a whole number from 0");
        write(line(0, BOOT, 0, "0 0 5 true 0 none"), line(1, BOOT, 1, "0 0 5 true 0 none"));
        refuses(":2: monotonic_offset_nanos is 1000000000 but 0 on an earlier line of the same boot");
    }

    private void refuses(String... tells) {
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContainingAll(tells);
    }

    private static String line(long effectiveSeconds, String boot, long offsetSeconds, String rest) {
        return effectiveSeconds * SECOND + " " + boot + "  " + offsetSeconds * SECOND + "\t" + rest + "\n";
    }

    private SimulatedClock open() throws IOException {
        return SimulatedClock.open(file, machine);
    }

    private void at(long seconds) {
        machine.monotonic = seconds * SECOND;
    }

    private void write(String... lines) throws IOException {
        Files.writeString(file, String.join("", lines));
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private void replace(String text) throws IOException {
        Path fresh = Files.writeString(directory.resolve("fresh"), text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
