package org.matgate.whole;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A launcher's command, run as a crew runs it: a real process, its output taken line by line. */
final class Command implements AutoCloseable {
    /** The repository's root: tests run in the module's folder. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final String END = "\0";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> output = new ArrayList<>();
    private final Thread pump;

    private Command(ProcessBuilder builder) throws IOException {
        process = builder.redirectErrorStream(true).start();
        pump = new Thread(this::pump, "output of " + builder.command());
        pump.setDaemon(true);
        pump.start();
    }

    static Command matgate(Object... arguments) throws IOException {
        return launcher("matgate", arguments);
    }

    static Command matsim(Object... arguments) throws IOException {
        return launcher("matsim", arguments);
    }

    private static Command launcher(String name, Object... arguments) throws IOException {
        return run(ROOT.resolve("deploy/bin").resolve(name).toString(), arguments);
    }

    static Command run(String program, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(program);
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new Command(new ProcessBuilder(command));
    }

    private void pump() {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(lines::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            lines.add("(output broke off: " + e + ")");
        }
        lines.add(END);
    }

    /** The rest of the first line that begins with {@code start}. */
    String awaitLine(String start, Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        while (true) {
            String line = lines.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (line == null || line.equals(END)) {
                throw new AssertionError("no line '" + start + "…' within " + most + " in:\n" + text());
            }
            output.add(line);
            if (line.startsWith(start)) {
                return line.substring(start.length()).strip();
            }
        }
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** The exit code, once all output has been taken. */
    int awaitExit(Duration most) throws InterruptedException {
        if (!process.waitFor(most.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new AssertionError(process.info() + " has not ended within " + most + ":\n" + text());
        }
        pump.join(TimeUnit.SECONDS.toMillis(5));
        drain();
        return process.exitValue();
    }

    /** Sends SIGTERM; {@link Process#destroy} would also close the output that tells how it went. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** All output so far. */
    String text() {
        drain();
        return String.join("\n", output);
    }

    String lastLine() {
        drain();
        return output.isEmpty() ? "" : output.getLast();
    }

    private void drain() {
        for (String line = lines.poll(); line != null; line = lines.poll()) {
            if (!line.equals(END)) {
                output.add(line);
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
