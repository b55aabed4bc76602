package org.matgate.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.matgate.gateway.journal.Salvage;
import org.matgate.gateway.status.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code matgate journal salvage}: what can be saved of a damaged file. */
@Command(
        name = "salvage",
        description = {
            "Saves every event of a damaged file whose checksum holds into a new journal.db, under its own journal and"
                    + " number, for export or for the engine of another box. The damaged file is only read. A service that"
                    + " finds its own file damaged does this by itself: see journal-damaged-1.db in its data directory.",
            "Example: matgate journal salvage journal-damaged-1.db --to saved; matgate export --format csv --data saved",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            " 0:all that can be told to have been there is saved",
            " 1:nothing was saved; the message says why",
            " 2:wrong call",
            " 3:something is lost; the lines say what"
        })
final class JournalSalvageCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The damaged file, with its -wal beside it where there is one.")
    private Path file = Path.of("");

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "Where journal.db is made; it has none yet.")
    private Path directory = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Screen screen = new Screen(spec);
        if (!Files.isRegularFile(file)) {
            screen.error("matgate: there is no file " + file);
            return 2;
        }
        try {
            Salvage.Report report = Salvage.run(file.toAbsolutePath(), directory.toAbsolutePath());
            for (Salvage.Saved saved : report.journals()) {
                screen.line("journal " + saved.journal() + (saved.box().isEmpty() ? "" : " of " + saved.box()) + ": "
                        + Words.count(saved.events()) + " events saved, the last is " + saved.lastSeq()
                        + (saved.lost().isEmpty()
                                ? ""
                                : "; " + Words.count(saved.lost().size()) + " before it are lost: "
                                        + saved.lost().largest(8)));
            }
            if (report.journals().isEmpty()) {
                screen.error("matgate: " + file + " holds no event that is whole; " + Words.count(report.damagedRows())
                        + " rows are damaged");
                return 1;
            }
            boolean whole = report.damagedRows() == 0
                    && report.journals().stream().allMatch(saved -> saved.lost().isEmpty());
            screen.line((whole ? "OK: saved in " : "Saved in ") + directory.resolve("journal.db") + "; "
                    + Words.count(report.damagedRows()) + " rows were damaged");
            return whole ? 0 : 3;
        } catch (IOException e) {
            screen.error("matgate: " + e.getMessage());
            return 1;
        }
    }
}
