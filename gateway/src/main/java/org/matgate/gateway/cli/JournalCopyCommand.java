package org.matgate.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.matgate.gateway.config.ConfigException;
import org.matgate.gateway.journal.JournalCopy;
import org.matgate.gateway.journal.JournalFile;
import org.matgate.gateway.journal.JournalRow;
import org.matgate.gateway.status.Facts;
import org.matgate.gateway.status.Words;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code matgate journal copy}: a copy for any tool. */
@Command(
        name = "copy",
        description = {
            "Copies all journals, as they are committed now, into one SQLite file that any tool may open; also while the"
                    + " service runs, which does not notice. The file is there whole, and on the disk, or not at all; one"
                    + " that is there is not overwritten.",
            "Do not open the live file with a sqlite3 before 3.51.3, nor copy it with cp: the one can damage it, the other"
                    + " leaves out what is in its write-ahead log.",
            "Example: matgate journal copy /media/usb/finish-a.db",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            " 0:the copy is there",
            " 1:there is no copy; the message says why",
            " 2:wrong call, or there is no journal to read"
        })
final class JournalCopyCommand implements Callable<Integer> {
    @ArgGroup(exclusive = true)
    private BoxData where = new BoxData();

    @Parameters(paramLabel = "FILE", description = "Where to; its directory must be there.")
    private Path target = Path.of("copy.db");

    @Option(names = "--json", description = Screen.JSON_HELP)
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Screen screen = new Screen(spec);
        Path data;
        long total;
        try {
            data = where.directory();
            try (JournalFile file = JournalFile.open(data)) {
                total = file.journals().stream().mapToLong(JournalRow::events).sum();
            }
        } catch (ConfigException | IOException e) {
            screen.error("matgate: " + e.getMessage());
            return 2;
        }
        try (PartFile part = new PartFile(target, false, "give another name")) {
            JournalCopy.Copied copied;
            try (Progress progress = new Progress(spec, "copying", total)) {
                copied = JournalCopy.copy(data, part.path(), progress);
            }
            part.finish();
            screen.line(json ? json(copied) : "copied " + Words.count(copied.events()) + " events to " + target);
            return 0;
        } catch (IOException e) {
            screen.error("matgate: " + e.getMessage());
            return 1;
        }
    }

    private String json(JournalCopy.Copied copied) throws IOException {
        return Facts.NONE
                .with("format", 1)
                .with("command", "journal copy")
                .with("file", target.toString())
                .with("events", copied.events())
                .with("file_bytes", Files.size(target))
                .json();
    }
}
