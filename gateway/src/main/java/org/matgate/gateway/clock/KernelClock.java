package org.matgate.gateway.clock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The kernel's clocks. {@link #monotonicNanos} is {@link System#nanoTime}, which on Linux counts CLOCK_MONOTONIC;
 * {@link #open} makes sure of that. Thread-safe.
 */
public final class KernelClock implements BoxClock {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** A reading may be torn by a preemption; of this many the tightest is most likely whole. */
    private static final int TRIES = 5;

    private final KernelCalls kernel;
    private final UUID bootId;

    private KernelClock(KernelCalls kernel, UUID bootId) {
        this.kernel = kernel;
        this.bootId = bootId;
    }

    /**
     * Opens the clocks of the running kernel.
     *
     * @throws IOException if this system's clocks are not what we build on; the text says in what way
     */
    public static KernelClock open() throws IOException {
        try {
            KernelCalls kernel = new KernelCalls();
            requireNanoTimeIsMonotonic(kernel);
            return new KernelClock(kernel, readBootId());
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }

    @Override
    public long monotonicOfMachine(long machineMonotonicNanos) {
        return machineMonotonicNanos;
    }

    @Override
    public ClockReading read() {
        Discipline discipline = kernel.discipline();
        long monotonic = 0;
        long raw = 0;
        long utc = 0;
        long suspended = 0;
        long bracket = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long before = kernel.nanos(KernelCalls.MONOTONIC);
            long thisUtc = kernel.nanos(KernelCalls.REALTIME);
            long thisRaw = kernel.nanos(KernelCalls.MONOTONIC_RAW);
            long boot = kernel.nanos(KernelCalls.BOOTTIME);
            long after = kernel.nanos(KernelCalls.MONOTONIC);
            if (after - before < bracket) {
                bracket = after - before;
                suspended = Math.max(0, boot - after);
                monotonic = before + bracket / 2;
                utc = thisUtc;
                raw = thisRaw;
            }
        }
        return new ClockReading(monotonic, raw, utc, bracket, discipline, suspended);
    }

    @Override
    public UUID bootId() {
        return bootId;
    }

    private static void requireNanoTimeIsMonotonic(KernelCalls kernel) {
        for (int i = 0; i < TRIES; i++) {
            long before = kernel.nanos(KernelCalls.MONOTONIC);
            long nanoTime = System.nanoTime();
            long after = kernel.nanos(KernelCalls.MONOTONIC);
            if (nanoTime < before || nanoTime > after) {
                throw new IllegalStateException("This Java's System.nanoTime is " + nanoTime
                        + " while CLOCK_MONOTONIC goes from " + before + " to " + after
                        + ": they must be one clock. Use an OpenJDK 25 build for Linux.");
            }
        }
    }

    private static UUID readBootId() throws IOException {
        try {
            return UUID.fromString(Files.readString(BOOT_ID).strip());
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(
                    "cannot read " + BOOT_ID + ", which names the boot; is /proc mounted? (" + e + ")", e);
        }
    }
}
