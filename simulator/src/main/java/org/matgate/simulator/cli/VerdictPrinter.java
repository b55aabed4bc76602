package org.matgate.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.matgate.simulator.referee.Verdict;
import org.matgate.simulator.referee.VerdictJson;
import org.matgate.simulator.referee.VerdictText;

/** Tells a verdict to people and, as JSON, to programs. */
final class VerdictPrinter {
    private VerdictPrinter() {}

    /**
     * The verdict's line comes last, whatever happens to the file.
     *
     * @return the exit code: 0 for PASS, 1 for FAIL
     */
    static int print(Verdict verdict, Optional<Path> json, PrintWriter out, PrintWriter err) {
        if (json.isPresent()) {
            try {
                Files.writeString(json.get(), VerdictJson.json(verdict));
            } catch (IOException e) {
                err.println("matsim: cannot write the verdict: " + FileProblem.text(e));
                err.flush();
            }
        }
        VerdictText.lines(verdict).forEach(out::println);
        out.flush();
        return verdict.pass() ? 0 : 1;
    }
}
