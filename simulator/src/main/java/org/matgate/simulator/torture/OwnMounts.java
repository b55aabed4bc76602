package org.matgate.simulator.torture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs this very command once more where it may mount what nobody else sees, and what goes with it: in namespaces of its
 * own.
 */
public final class OwnMounts {
    /** The option that tells the command that it is there. */
    public static final String OPTION = "--own-mounts";

    private static final long PROBE_SECONDS = 10;
    private static final long END_SECONDS = 30;

    /** As root, and as a user who may have namespaces. */
    private static final List<List<String>> WAYS =
            List.of(List.of("unshare", "--mount"), List.of("unshare", "--map-root-user", "--mount"));

    private OwnMounts() {}

    /**
     * Runs it to its end.
     *
     * @return its exit code; empty if it cannot be done on this machine
     */
    public static Optional<Integer> again() throws InterruptedException {
        ProcessHandle.Info self = ProcessHandle.current().info();
        Optional<String> program = self.command();
        Optional<String[]> arguments = self.arguments();
        if (program.isEmpty() || arguments.isEmpty()) {
            return Optional.empty();
        }
        for (List<String> way : WAYS) {
            if (works(way)) {
                List<String> command = new ArrayList<>();
                if (worksAtAll(List.of("setpriv", "--pdeathsig", "TERM", "true"))) {
                    // It is to end with this process, however that ends.
                    command.addAll(List.of("setpriv", "--pdeathsig", "TERM"));
                }
                command.addAll(way);
                command.add(program.get());
                command.addAll(List.of(arguments.get()));
                command.add(OPTION);
                return Optional.of(run(command));
            }
        }
        return Optional.empty();
    }

    private static boolean works(List<String> way) throws InterruptedException {
        List<String> probe = new ArrayList<>(way);
        probe.addAll(List.of("mount", "-t", "tmpfs", "-o", "size=64k", "matsim", System.getProperty("java.io.tmpdir")));
        return worksAtAll(probe);
    }

    private static boolean worksAtAll(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int run(List<String> command) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            throw new IllegalStateException(command.getFirst() + " has just been there", e);
        }
        Thread hook = new Thread(() -> end(process), "own-mounts");
        Runtime.getRuntime().addShutdownHook(hook);
        int exit = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(hook);
        return exit;
    }

    private static void end(Process process) {
        process.destroy();
        try {
            process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
