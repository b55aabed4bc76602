package org.matgate.simulator.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.matgate.simulator.SimClock;

/** A real {@code matgate run}, and what the kernel says that it uses. Thread-safe. */
final class BoxRun implements AutoCloseable {
    private static final int READY_SECONDS = 60;
    private static final int STOP_SECONDS = 20;

    private final Process process;
    private final long startedNanos;
    private final List<String> output = new ArrayList<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile boolean isReady;

    private BoxRun(Process process, long startedNanos) {
        this.process = process;
        this.startedNanos = startedNanos;
    }

    /** Starts it, and waits until it is ready. */
    static BoxRun start(List<String> matgate, Path config, SimClock clock) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(matgate);
        command.addAll(List.of("run", "--config", config.toString()));
        long now = clock.monotonicNanos();
        BoxRun run =
                new BoxRun(new ProcessBuilder(command).redirectErrorStream(true).start(), now);
        Thread.ofVirtual().start(run::listen);
        if (!run.ready.await(READY_SECONDS, TimeUnit.SECONDS) || !run.isReady) {
            run.close();
            throw new IOException("the box did not come up:\n" + String.join("\n", run.said()));
        }
        return run;
    }

    private void listen() {
        try (BufferedReader in = process.inputReader()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (output) {
                    output.add(line);
                }
                if (line.startsWith("READY")) {
                    isReady = true;
                    ready.countDown();
                }
            }
        } catch (IOException e) {
            synchronized (output) {
                output.add("(its output cannot be read on: " + e.getMessage() + ")");
            }
        }
        ready.countDown();
    }

    /** All that it said. */
    List<String> said() {
        synchronized (output) {
            return List.copyOf(output);
        }
    }

    /** When it was started, CLOCK_MONOTONIC. */
    long startedNanos() {
        return startedNanos;
    }

    /** Of all its threads since its start. */
    long cpuNanos() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("this system does not tell a process's CPU time"))
                .toNanos();
    }

    /** Resident at present. */
    double residentMegabytes() throws IOException {
        return number("status", "VmRSS:") / 1024.0;
    }

    private long number(String file, String key) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/" + file)).stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow(() -> new IOException("no " + key + " in /proc/" + process.pid() + "/" + file));
    }

    /** Ends it in order, or by force if that takes too long. */
    @Override
    public void close() {
        // The handle's, as the process's own would close the output that tells how it went.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
