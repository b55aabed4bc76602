package org.matgate.gateway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.matgate.gateway.config.ConfigException;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.journal.JournalUpkeep;
import org.matgate.gateway.status.JournalBeginning;
import org.matgate.protocol.stream.JournalId;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code matgate journal new}: ends the current journal. */
@Command(
        name = "new",
        description = {
            "Ends the current journal and begins a new one, as for another race: the running service does so at once, one"
                    + " that is stopped at its next start. Nothing is deleted, and what engines lack of the old one they"
                    + " still get.",
            "Example: matgate journal new",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            " 0:it is done and on disk",
            " 1:refused; the message says why",
            " 2:wrong call, or no configuration"
        })
final class JournalNewCommand implements Callable<Integer> {
    @ArgGroup(exclusive = true)
    private BoxData where = new BoxData();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Screen screen = new Screen(spec);
        try {
            Path data = where.directory();
            if (Journal.holder(data).isPresent()) {
                screen.line("OK: journal " + JournalBeginning.order(data) + " has begun");
                return 0;
            }
            Optional<JournalId> ended = JournalUpkeep.endCurrent(data);
            screen.line(ended.map(journal -> "OK: journal " + journal + " is ended; the next start begins a new one")
                    .orElse("OK: there is no journal yet; the next start begins one"));
            return 0;
        } catch (ConfigException e) {
            screen.error("matgate: " + e.getMessage());
            return 2;
        } catch (IOException e) {
            screen.error("matgate: " + e.getMessage());
            return 1;
        }
    }
}
