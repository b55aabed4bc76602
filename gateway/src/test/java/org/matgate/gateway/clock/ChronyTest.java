package org.matgate.gateway.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.matgate.protocol.stream.Event.ClockSource;

@Timeout(60)
class ChronyTest {
    /** As chrony 4.3 prints it. */
    private static final String LINE = "A29FC87B,162.159.200.123,4,1789999999.999999999,-0.000012345,0.000001234,"
            + "0.000023456,-12.345,-0.010,0.250,0.015000000,0.001200000,64.2,Normal\n";

    private static final long SECOND = 1_000_000_000;

    @TempDir
    private Path directory;

    private final FakeClock clock = new FakeClock();

    @Test
    void lineOfASteeredClock() {
        ChronyTracking tracking = ChronyTracking.parse(LINE).orElseThrow();
        assertThat(tracking.synchronised()).isTrue();
        assertThat(tracking.offsetNanos()).isEqualTo(-12_345);
        // |offset| + dispersion + half the delay
        assertThat(tracking.boundNanos()).isCloseTo(12_345 + 1_200_000 + 7_500_000, within(2L));
        assertThat(tracking.growthPpb()).isEqualTo(260);
    }

    @Test
    void everyLeapStatus() {
        assertThat(ChronyTracking.parse(LINE.replace("Normal", "Insert second")))
                .get()
                .extracting(ChronyTracking::synchronised)
                .isEqualTo(true);
        assertThat(ChronyTracking.parse(LINE.replace("Normal", "Delete second")))
                .get()
                .extracting(ChronyTracking::synchronised)
                .isEqualTo(true);
        for (String not : List.of("Not synchronised", "", "normal", "Whatever")) {
            assertThat(ChronyTracking.parse(LINE.replace("Normal", not)))
                    .get()
                    .extracting(ChronyTracking::synchronised)
                    .isEqualTo(false);
        }
        String idle = "00000000,,0,0.000000000,0.000000000,0.000000000,0.000000000,0.000,0.000,0.000,1.000000000,"
                + "1.000000000,0.0,Not synchronised\n";
        assertThat(ChronyTracking.parse(idle))
                .get()
                .extracting(ChronyTracking::synchronised)
                .isEqualTo(false);
    }

    @Test
    void oddLinesAreNone() {
        for (String odd : List.of(
                "",
                "506 Cannot talk to daemon\n",
                LINE + LINE,
                LINE.replace(",Normal", ""),
                LINE.replace("Normal", "Normal,"),
                LINE.replace("0.001200000", "nan"),
                LINE.replace("0.001200000", "NaN"),
                LINE.replace("0.001200000", "Infinity"),
                LINE.replace("0.001200000", "-0.1"),
                LINE.replace("0.001200000", "1e9"),
                LINE.replace("0.001200000", "99999999"),
                LINE.replace("0.250", "-1"),
                LINE.replace(",4,", ",17,"),
                LINE.replace("0.015000000", ""),
                LINE.replace("0.015000000", "0x1p3"),
                "x".repeat(100_000))) {
            assertThat(ChronyTracking.parse(odd))
                    .as(odd.substring(0, Math.min(80, odd.length())))
                    .isEmpty();
        }
    }

    @Test
    void damagedLinesNeverThrowNorClaimToKnowTooMuch() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder line = new StringBuilder(LINE);
            for (int j = random.nextInt(6); j >= 0; j--) {
                line.setCharAt(random.nextInt(line.length()), (char) random.nextInt(128));
            }
            Optional<ChronyTracking> tracking = ChronyTracking.parse(line.toString());
            tracking.ifPresent(value -> assertThat(value.boundNanos())
                    .as("seed %d: %s", seed, line)
                    .isBetween(1_000L, 300_000_000_000_000L));
        }
    }

    @Test
    void commandIsRunAndItsWordCounts() throws Exception {
        try (Chrony chrony = Chrony.start(clock, script("cat <<'E'\n" + LINE + "E\n"), TimeUnit.SECONDS.toNanos(16))) {
            Vouched now = awaited(chrony);
            assertThat(now.source()).isEqualTo(ClockSource.CHRONY);
            assertThat(now.errorNanos()).isBetween(8_712_345L, 8_713_000L);
            clock.advance(10_000_000_000L);
            assertThat(chrony.vouch(clock.read()).errorNanos() - now.errorNanos())
                    .as("skew, residual frequency, and what a quartz may change by")
                    .isBetween(52_599L, 52_601L);
            clock.synchronised = false;
            assertThat(chrony.vouch(clock.read()).source()).isEqualTo(ClockSource.NONE);
            clock.synchronised = true;
            clock.utc += 1_000_000_000;
            assertThat(chrony.vouch(clock.read()).source()).isEqualTo(ClockSource.KERNEL);
            clock.utc -= 1_000_000_000;
            clock.advance(Chrony.STALE_NANOS);
            assertThat(chrony.vouch(clock.read()).source()).isEqualTo(ClockSource.KERNEL);
        }
    }

    @Test
    void withoutItsSourcesItIsOffByWhatAQuartzMayChangeBySinceTheLastMeasurement() throws Exception {
        clock.monotonic = 100_000 * SECOND;
        assertThat(boundSaidOf(measuredBefore(4 * 3_600))).isBetween(8_712_345 + 57_600_000L, 8_712_345 + 57_601_000L);
        assertThat(boundSaidOf(measuredBefore(16)))
                .as("between two measurements it is next to nothing")
                .isLessThan(8_712_345 + 66_000);
        assertThat(boundSaidOf(measuredBefore(-3_600)))
                .as("a clock that was set back")
                .isBetween(8_712_345 + 14_400_000L, 8_712_345 + 14_401_000L);
        clock.monotonic = 100 * SECOND;
        assertThat(boundSaidOf(measuredBefore(1_000_000_000)))
                .as("a clock that was set, and a boot that has just begun")
                .isLessThan(8_712_345 + 401_000);
    }

    private static String measuredBefore(long seconds) {
        return LINE.replace("1789999999.999999999", (1_790_000_000 - seconds) + ".000000000");
    }

    private long boundSaidOf(String line) throws Exception {
        try (Chrony chrony = Chrony.start(clock, script("cat <<'E'\n" + line + "E\n"), TimeUnit.SECONDS.toNanos(16))) {
            return awaited(chrony).errorNanos();
        }
    }

    @Test
    void whatChronyAllowsForItselfShowsWhereItHasNotMeasuredMeanwhile() {
        ChronyTracking before = ChronyTracking.parse(LINE).orElseThrow();
        // In 100 s: 0.260 ppm of skew and residual frequency, and maxclockerror.
        ChronyTracking five =
                ChronyTracking.parse(LINE.replace("0.001200000", "0.001726000")).orElseThrow();
        assertThat(five.allowedPpb(before, 100 * SECOND)).hasValue(5_000);
        ChronyTracking one =
                ChronyTracking.parse(LINE.replace("0.001200000", "0.001326000")).orElseThrow();
        assertThat(one.allowedPpb(before, 100 * SECOND)).hasValue(1_000);
        assertThat(before.allowedPpb(one, 100 * SECOND)).hasValue(0);
        assertThat(five.allowedPpb(before, SECOND)).as("too short").isEmpty();
        ChronyTracking measured = ChronyTracking.parse(LINE.replace("1789999999.99", "1790000063.99"))
                .orElseThrow();
        assertThat(measured.allowedPpb(before, 64 * SECOND)).as("measured anew").isEmpty();
    }

    /** As with our own configurations, {@code maxclockerror 5}; each answer is 20 s after the one before. */
    @Test
    void whatChronyAllowsForIsNotCountedTwice() throws Exception {
        clock.monotonic = 100_000 * SECOND;
        BoxClock ticking = new BoxClock() {
            @Override
            public long monotonicNanos() {
                return clock.monotonic;
            }

            @Override
            public ClockReading read() {
                clock.advance(20 * SECOND);
                return clock.read();
            }

            @Override
            public UUID bootId() {
                return FakeClock.BOOT;
            }
        };
        Path count = Files.writeString(directory.resolve("count"), "0");
        String line = measuredBefore(4 * 3_600).replace("0.001200000", "0.$(printf %09d $((80000000 + n * 105200)))");
        List<String> command =
                script("n=$(cat " + count + ")\necho $((n + 1)) > " + count + "\ncat <<E\n" + line + "E\n");
        try (Chrony chrony = Chrony.start(ticking, command, TimeUnit.MILLISECONDS.toNanos(20))) {
            while (awaited(chrony).errorNanos() > 7_512_445 + 100_000_000) {
                Thread.sleep(10);
            }
        }
    }

    @Test
    void commandThatHangsIsKilled() throws Exception {
        Path mark = directory.resolve("pid");
        try (Chrony chrony =
                Chrony.start(clock, script("echo $$ > " + mark + "; sleep 600\n"), TimeUnit.SECONDS.toNanos(16))) {
            while (!Files.exists(mark) || Files.readString(mark).isBlank()) {
                Thread.sleep(10);
            }
            ProcessHandle script = ProcessHandle.of(
                            Long.parseLong(Files.readString(mark).strip()))
                    .orElse(null);
            if (script != null) {
                script.onExit().get(30, TimeUnit.SECONDS);
            }
            assertThat(chrony.vouch(clock.read()).source()).isEqualTo(ClockSource.KERNEL);
        }
    }

    @Test
    void commandsThatAreMissingFailOrBabbleChangeNothing() throws Exception {
        for (List<String> command : List.of(
                List.of(directory.resolve("none").toString()),
                script("exit 1\n"),
                script("echo nonsense\n"),
                script("cat <<'E'\n" + LINE.replace("Normal", "Not synchronised") + "E\n"),
                script("yes | head -c 50000\n"))) {
            Path done = directory.resolve("done");
            Files.deleteIfExists(done);
            try (Chrony chrony = Chrony.start(clock, command, TimeUnit.MILLISECONDS.toNanos(20))) {
                Thread.sleep(100);
                assertThat(chrony.vouch(clock.read()).source())
                        .as("%s", command)
                        .isEqualTo(ClockSource.KERNEL);
            }
        }
    }

    /** With rtcsync, as all our configurations have it, the kernel takes such a clock for a right one. */
    @Test
    void aClockForWhichNobodyVouchesIsNotTheKernelsEither() throws Exception {
        Path says = directory.resolve("says");
        for (String quartz : List.of(
                LINE.replace(",4,", ",11,"),
                LINE.replace("A29FC87B", "7F7F0101"),
                LINE.replace("A29FC87B", "4D414E55"))) {
            Files.writeString(says, quartz);
            try (Chrony chrony = Chrony.start(clock, script("cat " + says), TimeUnit.MILLISECONDS.toNanos(20))) {
                assertThat(chrony.vouch(clock.read()).source())
                        .as("from the first reading on: %s", quartz)
                        .isEqualTo(ClockSource.NONE);
                Files.delete(says);
                Thread.sleep(100);
                clock.advance(2 * Chrony.STALE_NANOS);
                assertThat(chrony.vouch(clock.read()).source())
                        .as("a chrony that is silent takes nothing back")
                        .isEqualTo(ClockSource.NONE);
                Files.writeString(says, LINE);
                assertThat(awaited(chrony).source()).isEqualTo(ClockSource.CHRONY);
            }
        }
    }

    @Test
    void noChronyIsAskedOfClocksThatItDoesNotSteer() {
        try (Chrony chrony = Chrony.of(clock)) {
            assertThat(chrony.errorNanos(clock.read())).isEmpty();
        }
    }

    private Vouched awaited(Chrony chrony) throws InterruptedException {
        Vouched now = chrony.vouch(clock.read());
        while (now.source() != ClockSource.CHRONY) {
            Thread.sleep(10);
            now = chrony.vouch(clock.read());
        }
        return now;
    }

    private List<String> script(String text) throws Exception {
        Path file = Files.createTempFile(directory, "chronyc", ".sh");
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return List.of("/bin/sh", file.toString());
    }
}
