package org.matgate.gateway.clock;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Stamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks chrony now and then how well it knows the time, by its own command, on a thread of its own. Where there is no
 * chrony nothing comes of it, and it is looked for again every few minutes. Thread-safe.
 */
public final class Chrony implements AutoCloseable {
    private static final List<String> COMMAND = List.of("chronyc", "-n", "-c", "tracking");
    private static final long EVERY_NANOS = 16_000_000_000L;
    private static final long ABSENT_NANOS = 300_000_000_000L;
    private static final long PATIENCE_MILLIS = 2_000;

    /** What it said longer ago is no longer believed. */
    static final long STALE_NANOS = 64_000_000_000L;

    /** What a quartz may change by between two measurements: a box that comes from a warm van into the frost. */
    private static final long CLOCK_ERROR_PPB = Math.round(UtcLine.WOBBLE * 1e9);

    /** What chrony allows for that by default ({@code maxclockerror}). */
    private static final long ALLOWED_PPB = 1_000;

    /** UTC that moved by more against CLOCK_MONOTONIC was stepped, and what was said before is void. */
    private static final long STEPPED_NANOS = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(Chrony.class);

    private final BoxClock clock;
    private final List<String> command;
    private final long everyNanos;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile @Nullable Said said;

    /** What chrony said last goes by a clock for which nobody vouches; it holds until chrony says otherwise. */
    private volatile boolean unfounded;

    private @Nullable Thread thread;
    private boolean told;

    /** What this chrony allows for, as far as it has shown. */
    private long allowedPpb = ALLOWED_PPB;

    /** @param unallowedNanos what the quartz may have changed by since its last measurement, beyond what it allows for */
    private record Said(ClockReading before, ChronyTracking tracking, long unallowedNanos) {}

    private Chrony(BoxClock clock, List<String> command, long everyNanos) {
        this.clock = clock;
        this.command = command;
        this.everyNanos = everyNanos;
    }

    /** For clocks that no chrony steers, such as simulated ones. */
    static Chrony none(BoxClock clock) {
        return new Chrony(clock, List.of(), EVERY_NANOS);
    }

    /** Asks for the first time, if these are the kernel's clocks, and goes on asking; it knows nothing of others. */
    public static Chrony of(BoxClock clock) {
        return clock instanceof KernelClock ? start(clock, COMMAND, EVERY_NANOS) : none(clock);
    }

    static Chrony start(BoxClock clock, List<String> command, long everyNanos) {
        Chrony chrony = new Chrony(clock, command, everyNanos);
        chrony.thread = Thread.ofPlatform().daemon().name("chrony").start(chrony::run);
        try {
            // The kernel would vouch meanwhile, perhaps for a clock of which chrony knows better.
            if (!chrony.asked.await(2 * PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("chronyc can be neither heard nor ended; the kernel's bound is used until it answers");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return chrony;
    }

    /** How wrong UTC may be at a reading, by what chrony said of late; empty where it said nothing that helps. */
    OptionalLong errorNanos(ClockReading now) {
        Said last = said;
        if (last == null || !last.tracking.synchronised()) {
            return OptionalLong.empty();
        }
        long age = now.monotonicNanos() - last.before.monotonicNanos();
        long moved = (now.utcNanos() - last.before.utcNanos()) - age;
        long torn = now.bracketNanos() + last.before.bracketNanos();
        if (age > STALE_NANOS || Math.abs(moved) > STEPPED_NANOS + torn) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(last.tracking.boundNanos()
                + last.unallowedNanos
                + Scale.ppb(Math.max(0, age), last.tracking.growthPpb() + CLOCK_ERROR_PPB));
    }

    /**
     * A reading with chrony's word where it counts, else the kernel's; nobody's where chrony follows a clock for which
     * nobody vouches: it tells the kernel that all is in order then, too (rtcsync).
     */
    Vouched vouch(ClockReading reading) {
        if (unfounded) {
            return new Vouched(reading, Stamp.UNSYNCHRONISED, ClockSource.NONE);
        }
        OptionalLong error = errorNanos(reading);
        return error.isPresent() ? Vouched.byChrony(reading, error.getAsLong()) : Vouched.byKernel(reading);
    }

    private void run() {
        try {
            boolean there = ask();
            asked.countDown();
            while (!closing.await(there ? everyNanos : Math.max(everyNanos, ABSENT_NANOS), TimeUnit.NANOSECONDS)) {
                there = ask();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks once; false where there is no chrony to ask. */
    private boolean ask() throws InterruptedException {
        ClockReading before = clock.read();
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(false)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
        } catch (IOException e) {
            LOG.debug("there is no chronyc to ask", e);
            said = null;
            return false;
        }
        try {
            Optional<String> line = line(process);
            Optional<ChronyTracking> tracking = line.flatMap(ChronyTracking::parse);
            said = tracking.map(value -> said(before, value)).orElse(null);
            unfounded = tracking.map(ChronyTracking::unfounded).orElse(unfounded);
            if (line.isPresent() && !line.get().isEmpty() && tracking.isEmpty() && !told) {
                told = true;
                LOG.warn("chronyc says what is not understood, the kernel's bound is used: {}", brief(line.get()));
            }
            return true;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /**
     * Without its sources chrony goes on by the quartz at the rate that it had, and its dispersion grows by what it allows
     * for: in two answers without a measurement between them that shows.
     */
    private Said said(ClockReading before, ChronyTracking tracking) {
        Said last = said;
        if (last != null) {
            long between = clock.monotonicNanos() - last.before.monotonicNanos();
            allowedPpb = tracking.allowedPpb(last.tracking, between).orElse(allowedPpb);
        }
        long beyondPpb = Math.max(0, CLOCK_ERROR_PPB - allowedPpb);
        return new Said(before, tracking, Scale.ppb(tracking.ageNanos(before), beyondPpb));
    }

    /** What it prints, no more than would make sense; empty if it does not end well in time. */
    private static Optional<String> line(Process process) throws InterruptedException {
        if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        try (InputStream out = process.getInputStream()) {
            // All that ended in time is in the pipe; what a child of it may still write is not waited for.
            int ready = Math.min(out.available(), ChronyTracking.MOST_CHARACTERS + 1);
            byte[] bytes = out.readNBytes(ready);
            return process.exitValue() == 0
                    ? Optional.of(new String(bytes, StandardCharsets.US_ASCII))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.debug("chronyc's answer cannot be read", e);
            return Optional.empty();
        }
    }

    private static String brief(String text) {
        String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() > 120 ? clean.substring(0, 120) + "…" : clean;
    }

    /** Asks no more. */
    @Override
    public void close() {
        closing.countDown();
        if (thread != null) {
            thread.interrupt();
        }
    }
}
