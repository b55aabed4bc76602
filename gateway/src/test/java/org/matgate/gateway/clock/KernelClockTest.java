package org.matgate.gateway.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KernelClockTest {
    private final KernelClock clock;

    KernelClockTest() throws IOException {
        clock = KernelClock.open();
    }

    @Test
    void monotonicReadingLiesWithinTheMonotonicClock() {
        long before = clock.monotonicNanos();
        ClockReading reading = clock.read();
        long after = clock.monotonicNanos();
        assertThat(reading.monotonicNanos()).isBetween(before, after);
        assertThat(reading.bracketNanos()).isBetween(1L, after - before);
    }

    @Test
    void utcIsTheWallClock() {
        long before = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
        long utc = clock.read().utcNanos();
        long after = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
        assertThat(utc).isBetween(before, after);
    }

    @Test
    void rawRunsAlongWithMonotonic() throws Exception {
        ClockReading first = clock.read();
        Thread.sleep(100);
        ClockReading second = clock.read();
        long monotonic = second.monotonicNanos() - first.monotonicNanos();
        long raw = second.rawNanos() - first.rawNanos();
        // 1,000 ppm is the most that quartz and time daemon may do together.
        assertThat(raw - monotonic)
                .isBetween(
                        -monotonic / 1_000 - second.bracketNanos() - first.bracketNanos(),
                        monotonic / 1_000 + second.bracketNanos() + first.bracketNanos());
        assertThat(raw).isGreaterThan(90_000_000);
    }

    @Test
    void bootIsTheKernels() throws Exception {
        assertThat(clock.bootId())
                .hasToString(Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                        .strip());
    }

    @Test
    void errorBoundIsThatOfTheKernel() {
        // The kernel caps it at 16 s and lets it grow from there no further.
        assertThat(clock.read().discipline().maxErrorNanos()).isBetween(0L, 16_000_000_000L);
    }
}
