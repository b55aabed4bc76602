package org.matgate.simulator.rehearsal;

import java.io.PrintWriter;

/**
 * Tells a person how the race goes: on a terminal in one line that is written anew, elsewhere by a line every few
 * seconds. Thread-safe.
 */
public final class Progress {
    private static final long QUIET_NANOS = 5_000_000_000L;
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintWriter out;
    private final boolean terminal;
    private String line = "";
    private long lastLineNanos;
    private boolean told;

    public Progress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** How it stands now, in one line; {@code monotonicNanos} is when. */
    public synchronized void status(String text, long monotonicNanos) {
        if (terminal) {
            fleeting(text);
        } else if (!told || monotonicNanos - lastLineNanos >= QUIET_NANOS) {
            told = true;
            lastLineNanos = monotonicNanos;
            out.println(text);
            out.flush();
        }
    }

    /** How it stands now, in one line, if that is on a terminal. */
    public synchronized void fleeting(String text) {
        if (terminal) {
            line = text;
            out.print(CLEAR_LINE + text);
            out.flush();
        }
    }

    /** Something happened: a line that stays. */
    public synchronized void say(String text) {
        out.println((terminal && !line.isEmpty() ? CLEAR_LINE : "") + text);
        if (terminal) {
            out.print(line);
        }
        out.flush();
    }

    /** No more status: a terminal's last one goes. */
    public synchronized void end() {
        if (terminal && !line.isEmpty()) {
            out.print(CLEAR_LINE);
            line = "";
        }
        out.flush();
    }
}
