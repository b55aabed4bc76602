package org.matgate.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A Debian 13 with its own systemd in namespaces of this machine; see {@code src/test/sh/debian-box}. With {@code
 * -Darm64=true} one of arm64, under an emulator.
 */
final class DebianBox implements AutoCloseable {
    /** Whether each instruction is emulated: ten times slower, and no system call is filtered. */
    static final boolean EMULATED = Boolean.getBoolean("arm64");

    private static final Duration MAKING = patience(Duration.ofMinutes(7));
    private static final Duration PATIENCE = patience(Duration.ofMinutes(4));
    private static final int CANNOT = 77;
    private static final String SCRIPT =
            Command.ROOT.resolve("deploy/src/test/sh/debian-box").toString();

    private final Path directory;
    private final Command systemd;

    private DebianBox(Path directory, Command systemd) {
        this.directory = directory;
        this.systemd = systemd;
    }

    /** What takes so long on this machine's own processor at the most. */
    static Duration patience(Duration own) {
        return EMULATED ? own.multipliedBy(5) : own;
    }

    /**
     * Starts one; its bare system is made once and kept in {@code target}.
     *
     * @throws TestAbortedException if this machine cannot, with the reason
     */
    static DebianBox boot(Path directory) throws Exception {
        Path base = made("debian");
        if (EMULATED) {
            base = made("debian-arm64", base);
        }
        Command systemd = Command.run(SCRIPT, "boot", base, directory);
        DebianBox box = new DebianBox(directory, systemd);
        try {
            systemd.awaitLine("BOOTING", PATIENCE);
            box.awaitRunning();
        } catch (AssertionError | Exception e) {
            box.close();
            if (systemd.text().contains("debian-box: ")) {
                throw new TestAbortedException("skipped: " + systemd.text());
            }
            throw e;
        }
        return box;
    }

    private static Path made(String name, Path... by) throws Exception {
        long begun = System.nanoTime();
        Path base = Command.ROOT.resolve("deploy/target").resolve(name);
        if (!Files.exists(base)) {
            Object[] arguments =
                    Stream.concat(Stream.of("make", base), Arrays.stream(by)).toArray();
            try (Command make = Command.run(SCRIPT, arguments)) {
                while (make.isRunning() && System.nanoTime() - begun < MAKING.toNanos()) {
                    // It may be killed at any time: who then removes the folder is not to remove what was mounted
                    // there.
                    assertThat(Path.of("/proc/self/mounts")).content().doesNotContain(base.toString());
                    Thread.sleep(200);
                }
                skipIfImpossible(make.awaitExit(MAKING), make);
            }
        }
        return base;
    }

    private static void skipIfImpossible(int exit, Command command) {
        if (exit == CANNOT) {
            throw new TestAbortedException("skipped: " + command.text());
        }
        assertThat(exit).as(command.text()).isZero();
    }

    private void awaitRunning() throws Exception {
        String state = "";
        for (int tries = 0; tries < 600; tries++) {
            try (Command asked = command("systemctl", "is-system-running")) {
                asked.awaitExit(PATIENCE);
                state = asked.text();
            }
            if (state.contains("running") || state.contains("degraded")) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("systemd says " + state + ":\n" + systemd.text());
    }

    /** A file in it, seen from here. */
    Path file(String path) throws IOException {
        String pid = Files.readString(directory.resolve("pid")).strip();
        return Path.of("/proc", pid, "root", path.substring(1));
    }

    /** Starts a command in it, as root. */
    Command command(String... command) throws IOException {
        return Command.run(
                SCRIPT,
                Stream.concat(Stream.of("run", directory), Arrays.stream(command))
                        .toArray());
    }

    /** Runs a command in it to its end, which is to be a success. */
    String run(String... command) throws Exception {
        return run(0, command);
    }

    /** Runs a command in it to its end; how it answers. */
    String run(int exit, String... command) throws Exception {
        try (Command process = command(command)) {
            int got = process.awaitExit(PATIENCE);
            assertThat(got)
                    .as("%s:\n%s\n%s", List.of(command), process.text(), systemd.text())
                    .isEqualTo(exit);
            return process.text();
        }
    }

    /** A property of a unit, as systemd tells it. */
    String property(String unit, String name) throws Exception {
        return run("systemctl", "show", "--value", "--property", name, unit).strip();
    }

    @Override
    public void close() {
        systemd.close();
    }
}
