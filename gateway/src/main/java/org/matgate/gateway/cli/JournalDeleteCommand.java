package org.matgate.gateway.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.matgate.gateway.config.ConfigException;
import org.matgate.gateway.journal.Census;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.journal.JournalFile;
import org.matgate.gateway.journal.JournalRow;
import org.matgate.gateway.journal.JournalUpkeep;
import org.matgate.gateway.status.EngineHolding;
import org.matgate.gateway.status.EngineHoldings;
import org.matgate.gateway.status.JournalDeletion;
import org.matgate.gateway.status.Words;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code matgate journal delete}: deletes a journal that is not needed any more. */
@Command(
        name = "delete",
        description = {
            "Deletes a journal, for good; never the current one, and only with --force one of which an engine lacks"
                    + " something, or may lack: without a running service nobody knows what engines hold. The file keeps"
                    + " its size, and new events use the room.",
            "Example: matgate journal delete 0f3a",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            " 0:it is deleted",
            " 1:refused, or not all of it is deleted; the message says why",
            " 2:wrong call, or there is no journal to read"
        })
final class JournalDeleteCommand implements Callable<Integer> {
    /** Between two looks at how far it has come. */
    private static final int EVENTS_AT_A_TIME = 20_000;

    @ArgGroup(exclusive = true)
    private BoxData where = new BoxData();

    @Parameters(paramLabel = "ID", description = "Its id, or as much of the beginning as no other has.")
    private String id = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--force", description = "Also what an engine lacks, or may lack.")
    private boolean force;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Screen screen = new Screen(spec);
        Path data;
        JournalRow journal;
        try {
            data = where.directory();
            try (JournalFile file = JournalFile.open(data)) {
                journal = JournalChoice.find(file.journals(), id);
            }
        } catch (ConfigException | IOException e) {
            screen.error("matgate: " + e.getMessage());
            return 2;
        }
        try {
            boolean running = Journal.holder(data).isPresent();
            Optional<String> objection = objection(data, journal, running);
            if (objection.isPresent()) {
                screen.error("matgate: not deleted: " + objection.get());
                return 1;
            }
            if (!yes && !confirmed(screen, journal)) {
                screen.error("matgate: not deleted: that is not its id");
                return 1;
            }
            delete(data, journal, running);
            screen.line(
                    "OK: journal " + journal.id() + " is deleted, with " + Words.count(journal.events()) + " events");
            return 0;
        } catch (IOException e) {
            screen.error("matgate: not deleted, or not all of it: " + e.getMessage());
            return 1;
        }
    }

    private Optional<String> objection(Path data, JournalRow journal, boolean running) throws IOException {
        if (journal.current()) {
            return Optional.of("journal " + journal.id()
                    + " is the current one, which takes events; matgate journal new" + " begins another");
        }
        if (!force) {
            Optional<String> lacking = running
                    ? lacking(data, journal)
                    : Optional.of(
                            "no service runs, so nobody knows what engines hold of it. Start it, or, if engines may lose"
                                    + " what they lack: --force");
            if (lacking.isPresent()) {
                return lacking;
            }
        }
        try (JournalFile file = JournalFile.open(data)) {
            Census census = JournalListCommand.census(spec, file, file.journals());
            Set<UUID> bound = JournalUpkeep.boundTo(file, census, journal);
            return bound.isEmpty()
                    ? Optional.empty()
                    : Optional.of("other journals hold events of boot "
                            + bound.iterator().next()
                            + ", whose time only this one tells; delete those first, or keep it");
        }
    }

    private static Optional<String> lacking(Path data, JournalRow journal) {
        Optional<EngineHoldings> engines = EngineHoldings.ask(data);
        if (engines.isEmpty()) {
            return Optional.of("the service does not say what engines hold of it. If they may lose it: --force");
        }
        List<EngineHolding> lacking = engines.get().lacking(journal.id());
        return lacking.isEmpty() ? Optional.empty() : Optional.of(JournalDeletion.objection(lacking));
    }

    private boolean confirmed(Screen screen, JournalRow journal) throws IOException {
        screen.line("Journal " + journal.id() + " of " + journal.box() + ", begun "
                + Words.utc(journal.createdUtcNanos()) + ", and its " + Words.count(journal.events())
                + " events will be gone for good.");
        screen.line("To delete it, type its whole id:");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        String typed = in.readLine();
        return typed != null && typed.strip().equalsIgnoreCase(journal.id().toString());
    }

    private void delete(Path data, JournalRow journal, boolean running) throws IOException {
        JournalDeletion order = new JournalDeletion(journal.id(), force);
        long events = journal.events();
        try (Progress progress = new Progress(spec, "deleting", events)) {
            for (long left = 1; left > 0; ) {
                left = running ? order.order(data) : JournalUpkeep.deleteOffline(data, journal.id(), EVENTS_AT_A_TIME);
                progress.accept(Math.max(0, events - left));
            }
        }
    }
}
