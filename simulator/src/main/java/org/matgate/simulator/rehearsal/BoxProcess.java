package org.matgate.simulator.rehearsal;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.fault.FaultLog;
import org.matgate.simulator.fault.Happening.Kind;
import org.matgate.simulator.link.Signals;

/** A real {@code matgate run} in a process of its own, which may be killed and started again. Thread-safe. */
public final class BoxProcess implements AutoCloseable {
    /** What the process says once it takes reads. */
    static final String READY = "READY";

    private static final int LAST_LINES = 20;
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);
    private static final Duration BURIAL_LIMIT = Duration.ofSeconds(2);

    private final String box;
    private final List<String> command;
    private final Path output;
    private final SimClock clock;
    private final FaultLog faults;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private @Nullable Process process;
    private @Nullable Thread listener;
    private CountDownLatch ready = new CountDownLatch(1);
    private List<ProcessHandle> stalled = List.of();
    private boolean closed;
    private long startedNanos;
    private volatile boolean forced;

    /**
     * @param command how matgate is started, without its arguments
     * @param config its config file
     * @param output where its output goes, appended
     */
    BoxProcess(String box, List<String> command, Path config, Path output, SimClock clock, FaultLog faults) {
        this(box, command, config, List.of(), output, clock, faults);
    }

    /**
     * A box that is not started yet.
     *
     * @param command how matgate is started, without its arguments
     * @param config its config file
     * @param options of {@code matgate run}
     * @param output where its output goes, appended
     */
    public BoxProcess(
            String box,
            List<String> command,
            Path config,
            List<String> options,
            Path output,
            SimClock clock,
            FaultLog faults) {
        this.box = box;
        this.command = Stream.of(command, List.of("run", "--config", config.toString()), options)
                .flatMap(List::stream)
                .toList();
        this.output = output;
        this.clock = clock;
        this.faults = faults;
    }

    /** Its name. */
    public String box() {
        return box;
    }

    /**
     * Starts it; does nothing while it runs, or once closed. What ran before has ended and is told as such first: until
     * then it may hold ports and hear reads.
     */
    public void start() throws IOException, InterruptedException {
        Thread earlier;
        synchronized (this) {
            earlier = isAlive() ? null : listener;
        }
        if (earlier != null) {
            earlier.join(KILL_LIMIT);
        }
        startNow();
    }

    private synchronized void startNow() throws IOException {
        if (closed || isAlive()) {
            return;
        }
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        faults.add(clock.monotonicNanos(), Kind.PROCESS_STARTED, box, "pid " + started.pid());
        CountDownLatch readiness = new CountDownLatch(1);
        startedNanos = clock.monotonicNanos();
        process = started;
        ready = readiness;
        listener = Thread.ofPlatform().daemon().name("box-" + box).start(() -> listen(started, readiness));
    }

    private void listen(Process started, CountDownLatch readiness) {
        try (BufferedReader in = started.inputReader();
                BufferedWriter out =
                        Files.newBufferedWriter(output, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(line);
                out.newLine();
                out.flush();
                remember(line);
                if (line.startsWith(READY)) {
                    faults.add(clock.monotonicNanos(), Kind.PROCESS_READY, box, "");
                    readiness.countDown();
                }
            }
        } catch (IOException e) {
            remember("(its output cannot be read on: " + e.getMessage() + ")");
        }
        try {
            int code = started.waitFor();
            faults.add(clock.monotonicNanos(), Kind.PROCESS_ENDED, box, "exit code " + code);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void remember(String line) {
        lastLines.add(line);
        if (lastLines.size() > LAST_LINES) {
            lastLines.remove();
        }
    }

    /** Whether its process runs and takes reads. */
    synchronized boolean isReady() {
        return isAlive() && ready.getCount() == 0;
    }

    /** Whether its process runs. */
    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** What it said last. */
    public synchronized List<String> lastLines() {
        return new ArrayList<>(lastLines);
    }

    /** Waits for {@code READY} of the process that was started last; false if it ends before, or the limit is over. */
    public boolean awaitReady(Duration limit) throws InterruptedException {
        CountDownLatch readiness;
        Process started;
        synchronized (this) {
            readiness = ready;
            started = process;
        }
        long step = 50;
        for (long waited = 0; waited < limit.toMillis(); waited += step) {
            if (readiness.await(step, TimeUnit.MILLISECONDS)) {
                return true;
            }
            if (started == null || !started.isAlive()) {
                // What it said last may still be on its way to us.
                return readiness.await(step, TimeUnit.MILLISECONDS);
            }
        }
        return false;
    }

    /** What it has used since it was started last; empty if it does not run. */
    synchronized Optional<Usage> usage() {
        return process != null && process.isAlive()
                ? Usage.of(process.toHandle(), Duration.ofNanos(clock.monotonicNanos() - startedNanos))
                : Optional.empty();
    }

    /** SIGSTOP: it does not run until {@link #goOn}. Does nothing if there is no process. */
    public synchronized void stall() {
        if (process != null && process.isAlive()) {
            stalled = whole(process);
            faults.add(clock.monotonicNanos(), Kind.STALLED, box, "");
            stalled.forEach(Signals::stop);
        }
    }

    /** SIGCONT; does nothing if it is not stalled. */
    public synchronized void goOn() {
        if (!stalled.isEmpty()) {
            stalled.forEach(Signals::goOn);
            stalled = List.of();
            faults.add(clock.monotonicNanos(), Kind.RESUMED, box, "");
        }
    }

    /** SIGKILL, and returns when it is dead. */
    public void kill() throws InterruptedException {
        end(Kind.KILL_SENT, true, KILL_LIMIT);
    }

    /** SIGTERM, and returns when it has ended; what has not by then is killed. */
    public void terminate(Duration limit) throws InterruptedException {
        end(Kind.TERM_SENT, false, limit);
    }

    /** Whether it had to be killed because it did not end when it was told to. */
    public boolean wasForced() {
        return forced;
    }

    private void end(Kind how, boolean force, Duration limit) throws InterruptedException {
        Process running;
        Thread listening;
        synchronized (this) {
            running = process;
            listening = listener;
        }
        if (running == null || listening == null || !running.isAlive()) {
            return;
        }
        List<ProcessHandle> all = whole(running);
        // What is stopped does not hear SIGTERM.
        goOn();
        faults.add(clock.monotonicNanos(), how, box, "");
        all.forEach(force ? ProcessHandle::destroyForcibly : ProcessHandle::destroy);
        if (!running.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            forced = true;
            all.forEach(ProcessHandle::destroyForcibly);
        }
        // Those that a launcher started are no children of ours: they may count as alive until somebody buries them.
        if (!awaitEnd(all, BURIAL_LIMIT)) {
            all.forEach(ProcessHandle::destroyForcibly);
        }
        listening.join(KILL_LIMIT);
    }

    /** A launcher may have started what does the work. */
    private static List<ProcessHandle> whole(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /** Waits for all of them; false if some still run after the limit. */
    private static boolean awaitEnd(List<ProcessHandle> processes, Duration limit) throws InterruptedException {
        CompletableFuture<?> end = CompletableFuture.allOf(
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        try {
            end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for processes to end", e);
        }
    }

    /** Kills it if it still runs; it cannot be started again. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
