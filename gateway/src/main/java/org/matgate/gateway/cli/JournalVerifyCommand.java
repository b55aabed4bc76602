package org.matgate.gateway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.matgate.gateway.config.ConfigException;
import org.matgate.gateway.journal.JournalFile;
import org.matgate.gateway.journal.JournalRow;
import org.matgate.gateway.journal.JournalVerify;
import org.matgate.gateway.status.Facts;
import org.matgate.gateway.status.Words;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code matgate journal verify}: whether the file is as it should be. */
@Command(
        name = "verify",
        description = {
            "Reads every event: numbers without a gap, nothing damaged, boots and readers there, pieces of the clock as in"
                    + " their table. It reads page by page, also while the service runs; where none runs it also has SQLite"
                    + " check the structure of the file.",
            "Example: matgate journal verify --data /var/lib/matgate",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            " 0:all is as it should be",
            " 1:something is damaged or missing; the message says what",
            " 2:wrong call, or there is no journal to read"
        })
final class JournalVerifyCommand implements Callable<Integer> {
    @ArgGroup(exclusive = true)
    private BoxData where = new BoxData();

    @Option(names = "--json", description = Screen.JSON_HELP)
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Screen screen = new Screen(spec);
        try {
            Path data = where.directory();
            JournalVerify.Result result = verify(data);
            if (json) {
                screen.line(json(result));
            } else {
                text(screen, result);
            }
            return result.findings().isEmpty() ? 0 : 1;
        } catch (ConfigException | IOException e) {
            screen.error("matgate: " + e.getMessage());
            return 2;
        }
    }

    private JournalVerify.Result verify(Path data) throws IOException {
        long total;
        try (JournalFile file = JournalFile.open(data)) {
            total = file.journals().stream().mapToLong(JournalRow::events).sum();
        }
        try (Progress progress = new Progress(spec, "verifying", total)) {
            return JournalVerify.verify(data, progress);
        }
    }

    private static void text(Screen screen, JournalVerify.Result result) {
        List<String> findings = result.findings();
        findings.forEach(finding -> screen.line("FAIL  " + finding));
        if (result.untold() > 0) {
            screen.line("FAIL  and " + Words.count(result.untold()) + " more");
        }
        String looked = Words.count(result.events()) + " events read"
                + (result.structure() ? ", the structure of the file checked" : "");
        if (findings.isEmpty()) {
            screen.line("OK    " + looked);
        } else {
            screen.line("DAMAGED: " + looked + "; keep this file. Nothing that engines hold is lost by this");
        }
        if (!result.structure()) {
            screen.line("      the structure of the file was not checked: the service runs");
        }
    }

    private static String json(JournalVerify.Result result) {
        return Facts.NONE
                .with("format", 1)
                .with("command", "journal verify")
                .with("events", result.events())
                .with("structure_checked", result.structure())
                .with(
                        "findings",
                        result.findings().stream()
                                .map(finding -> Facts.NONE.with("text", finding))
                                .toList())
                .with("more_findings", result.untold())
                .json();
    }
}
