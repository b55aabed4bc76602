package org.matgate.simulator.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.matgate.simulator.Matsim;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.fault.FaultLog;
import org.matgate.simulator.fault.Happening.Kind;
import org.matgate.simulator.link.Signals;

/** A real {@code matsim engine} in a process of its own, which may be killed and started again. Thread-safe. */
final class EngineProcess implements AutoCloseable {
    private static final String SUBJECT = "engine";
    private static final String READY = "READY ";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    private final Path database;
    private final String token;
    private final Path output;
    private final SimClock clock;
    private final FaultLog faults;
    private @Nullable Process process;
    private volatile InetSocketAddress address = new InetSocketAddress(0);
    private boolean closed;

    /** @param output where its output goes, appended */
    EngineProcess(Path database, String token, Path output, SimClock clock, FaultLog faults) {
        this.database = database;
        this.token = token;
        this.output = output;
        this.clock = clock;
        this.faults = faults;
    }

    /** Where it listens, or did last; another port after each start. */
    InetSocketAddress address() {
        return address;
    }

    /** Starts it and waits until it listens; does nothing while it runs, or once closed. */
    void start() throws IOException, InterruptedException {
        CountDownLatch ready = new CountDownLatch(1);
        Optional<Process> started = spawn(ready);
        if (started.isEmpty()) {
            return;
        }
        if (!ready.await(START_LIMIT.toSeconds(), TimeUnit.SECONDS)
                || !started.get().isAlive()) {
            throw new IOException("the engine has not become ready within " + START_LIMIT.toSeconds() + " s; " + output
                    + " tells what it said");
        }
        faults.add(clock.monotonicNanos(), Kind.ENGINE_STARTED, SUBJECT, "");
    }

    /** So that nobody waits for this lock while it becomes ready. */
    private synchronized Optional<Process> spawn(CountDownLatch ready) throws IOException {
        if (closed || (process != null && process.isAlive())) {
            return Optional.empty();
        }
        Process started =
                new ProcessBuilder(command()).redirectErrorStream(true).start();
        process = started;
        Thread.ofPlatform().daemon().name("engine").start(() -> listen(started, ready));
        return Optional.of(started);
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                // What a killed one leaves there goes with the evidence.
                "-Djava.io.tmpdir=" + output.toAbsolutePath().getParent(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Matsim.class.getName(),
                "engine",
                "--port",
                "0",
                "--db",
                database.toString(),
                "--token",
                token);
    }

    private void listen(Process started, CountDownLatch ready) {
        try (BufferedReader in = started.inputReader()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Files.writeString(output, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                if (line.startsWith(READY)) {
                    int colon = line.lastIndexOf(':');
                    address = new InetSocketAddress(
                            line.substring(READY.length(), colon), Integer.parseInt(line.substring(colon + 1)));
                    ready.countDown();
                }
            }
        } catch (IOException | RuntimeException e) {
            faults.add(clock.monotonicNanos(), Kind.ENGINE_STOPPED, SUBJECT, "its output broke off: " + e);
        } finally {
            ready.countDown();
        }
    }

    /** SIGKILL, and returns when it is dead. */
    synchronized void kill() throws InterruptedException {
        if (process != null && process.isAlive()) {
            faults.add(clock.monotonicNanos(), Kind.ENGINE_STOPPED, SUBJECT, "kill -9");
            process.destroyForcibly();
            process.waitFor(KILL_LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** SIGSTOP: it does not run until {@link #goOn}. */
    synchronized void stall() {
        if (process != null) {
            Signals.stop(process.toHandle());
        }
    }

    /** SIGCONT. */
    synchronized void goOn() {
        if (process != null) {
            Signals.goOn(process.toHandle());
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
