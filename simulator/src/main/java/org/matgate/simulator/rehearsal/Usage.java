package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a box has used so far, in one process after the other.
 *
 * @param processes how many it was
 * @param cpu of all their threads
 * @param lived from the start of each to its end, or to now
 * @param peakKiB the most memory that one of them had at once, resident
 */
record Usage(int processes, Duration cpu, Duration lived, long peakKiB) {
    /** Nothing so far. */
    static final Usage NONE = new Usage(0, Duration.ZERO, Duration.ZERO, 0);

    /** Of a process that runs; empty if the system does not tell. */
    static Optional<Usage> of(ProcessHandle process, Duration lived) {
        Optional<Duration> cpu = process.info().totalCpuDuration();
        try {
            long peak = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
            return cpu.map(used -> new Usage(1, used, lived, peak));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Both, one after the other. */
    Usage and(Usage other) {
        return new Usage(
                processes + other.processes,
                cpu.plus(other.cpu),
                lived.plus(other.lived),
                Math.max(peakKiB, other.peakKiB));
    }

    /**
     * For a person.
     *
     * @param readers over which the CPU is shared out
     */
    String text(int readers) {
        double percent = 100.0 * cpu.toMillis() / Math.max(1, lived.toMillis());
        return String.format(
                Locale.ROOT,
                "CPU %.1f s in %.1f s, %.1f %% of one core, %.1f %% a reader; at most %d MiB of memory%s",
                cpu.toMillis() / 1e3,
                lived.toMillis() / 1e3,
                percent,
                percent / Math.max(1, readers),
                peakKiB / 1024,
                processes > 1 ? "; in " + processes + " processes one after the other" : "");
    }
}
