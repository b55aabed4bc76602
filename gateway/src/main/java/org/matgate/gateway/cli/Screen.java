package org.matgate.gateway.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.PrintWriter;
import java.util.function.BiFunction;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** What a person at a terminal sees of a command that looks around. */
final class Screen {
    /** Of each option {@code --json}: the page is where the package has put it. */
    static final String JSON_HELP = "One JSON object on one line instead; what is in it is told in"
            + " /usr/share/matgate/gateway.md, in the sources gateway/README.md.";

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;
    private boolean progressShown;

    Screen(CommandSpec spec) {
        out = spec.commandLine().getOut();
        err = spec.commandLine().getErr();
        terminal = Ansi.AUTO.enabled();
        quieten();
    }

    /** What the drivers log is said in the lines; the property {@code matgate.log} brings the log back. */
    private static void quieten() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (System.getProperty("matgate.log") == null && factory instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        }
    }

    /** Whether a person looks on, as far as that can be known. */
    boolean terminal() {
        return terminal;
    }

    /** Green, yellow, red, where there is a terminal. */
    BiFunction<org.matgate.gateway.status.Level, String, String> paint() {
        return (level, text) -> Ansi.AUTO.string(
                switch (level) {
                    case OK -> "@|green,bold " + text + "|@";
                    case WARN -> "@|yellow,bold " + text + "|@";
                    case FAIL -> "@|red,bold " + text + "|@";
                });
    }

    synchronized void line(String text) {
        clearProgress();
        out.println(text);
        out.flush();
    }

    /** A mistake of the caller, or what stood in the way. */
    synchronized void error(String text) {
        clearProgress();
        err.println(text);
        err.flush();
    }

    /** What is under way: on a terminal in place of what was under way before. */
    synchronized void progress(String text) {
        if (terminal) {
            err.print("\r\033[K" + text);
            err.flush();
            progressShown = true;
        }
    }

    private void clearProgress() {
        if (progressShown) {
            err.print("\r\033[K");
            err.flush();
            progressShown = false;
        }
    }

    /** An empty terminal; elsewhere nothing. */
    synchronized void clear() {
        if (terminal) {
            out.print("\033[H\033[2J");
        }
    }
}
