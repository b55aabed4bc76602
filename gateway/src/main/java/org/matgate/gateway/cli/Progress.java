package org.matgate.gateway.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.matgate.gateway.status.Words;
import picocli.CommandLine.Model.CommandSpec;

/** How far a long look has come: a bar on standard error where that is a terminal, else nothing. One thread tells it. */
final class Progress implements LongConsumer, AutoCloseable {
    private static final int WIDTH = 30;

    private final PrintWriter err;
    private final String what;
    private final long total;
    private final boolean shown;
    private int lastPercent = -1;

    /**
     * Shows nothing before the first event.
     *
     * @param what what is under way, such as {@code copying}
     * @param total the events in all, as far as that is known
     */
    Progress(CommandSpec spec, String what, long total) {
        this(spec.commandLine().getErr(), what, total, isTerminal(2));
    }

    Progress(PrintWriter err, String what, long total, boolean shown) {
        this.err = err;
        this.what = what;
        this.total = Math.max(1, total);
        this.shown = shown;
    }

    /** Whether this descriptor of the process is a terminal: what Java tells is of input and output together. */
    static boolean isTerminal(int descriptor) {
        try {
            Path device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
            return device.startsWith("/dev/pts") || device.toString().startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }

    /** So many events have been seen to by now. */
    @Override
    public void accept(long events) {
        int percent = (int) Math.min(100, 100 * events / total);
        if (!shown || percent == lastPercent) {
            return;
        }
        lastPercent = percent;
        int full = WIDTH * percent / 100;
        err.printf(
                "\r\033[K%s %3d %% [%s%s] %s of %s events",
                what, percent, "#".repeat(full), ".".repeat(WIDTH - full), Words.count(events), Words.count(total));
        err.flush();
    }

    /** Takes the bar away. */
    @Override
    public void close() {
        if (lastPercent >= 0) {
            err.print("\r\033[K");
            err.flush();
        }
    }
}
