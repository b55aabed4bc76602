package org.matgate.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.matgate.simulator.referee.Verdict;
import org.matgate.simulator.referee.VerdictJson;
import org.matgate.simulator.referee.VerdictText;
import org.matgate.simulator.report.HtmlReport;

/** Tells a verdict to people, as a page too, and as JSON to programs. */
final class VerdictPrinter {
    private VerdictPrinter() {}

    /**
     * The verdict's line comes last, whatever happens to the files.
     *
     * @return the exit code: 0 for PASS, 1 for FAIL
     */
    static int print(Verdict verdict, Optional<Path> json, Optional<Path> html, PrintWriter out, PrintWriter err) {
        json.ifPresent(file -> write(file, VerdictJson.json(verdict), err));
        html.ifPresent(file -> write(file, HtmlReport.html(verdict), err));
        VerdictText.lines(verdict).forEach(out::println);
        out.flush();
        return verdict.pass() ? 0 : 1;
    }

    private static void write(Path file, String text, PrintWriter err) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            err.println("matsim: cannot write the verdict: " + FileProblem.text(e));
            err.flush();
        }
    }
}
