package org.matgate.gateway.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.matgate.gateway.config.ConfigException;
import org.matgate.gateway.journal.Journal;
import org.matgate.gateway.journal.JournalBonds;
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

/** {@code matgate journal delete}: deletes journals that are not needed any more. */
@Command(
        name = "delete",
        description = {
            "Deletes journals, for good; never the current one, and only with --force one of which an engine lacks"
                    + " something, or may lack, or that an engine cannot be told of, as it is not connected now:"
                    + " without a running service nobody knows what engines hold. What"
                    + " tells the times of events in others stays, or goes with them. The file keeps its size, and new"
                    + " events use the room.",
            "Example: matgate journal delete 0f3a 77c1",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            " 0:all of them are deleted",
            " 1:refused, or not all is deleted; the message says why",
            " 2:wrong call, or there is no journal to read"
        })
final class JournalDeleteCommand implements Callable<Integer> {
    /** Between two looks at how far it has come. */
    private static final int EVENTS_AT_A_TIME = 20_000;

    @ArgGroup(exclusive = true)
    private BoxData where = new BoxData();

    @Parameters(paramLabel = "ID", arity = "1..*", description = "An id, or as much of its beginning as no other has.")
    private List<String> ids = List.of();

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
        List<JournalRow> going;
        try {
            data = where.directory();
            try (JournalFile file = JournalFile.open(data)) {
                going = chosen(file.journals());
            }
        } catch (ConfigException | IOException e) {
            screen.error("matgate: " + e.getMessage());
            return 2;
        }
        try {
            boolean running = Journal.holder(data).isPresent();
            Optional<String> objection = objection(data, going, running);
            if (objection.isPresent()) {
                screen.error("matgate: not deleted: " + objection.get());
                return 1;
            }
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
            for (JournalRow journal : going) {
                if (!yes && !confirmed(screen, in, journal)) {
                    screen.error("matgate: nothing is deleted: that is not its id");
                    return 1;
                }
            }
            for (JournalRow journal : inOrder(data, going)) {
                delete(data, journal, running);
                screen.line("OK: journal " + journal.id() + " is deleted, with " + Words.count(journal.events())
                        + " events");
            }
            return 0;
        } catch (IOException e) {
            screen.error("matgate: not deleted, or not all of it: " + e.getMessage());
            return 1;
        }
    }

    /** The journals that the call names, each once, as often as it may be named. */
    private List<JournalRow> chosen(List<JournalRow> journals) throws IOException {
        Set<JournalRow> chosen = new LinkedHashSet<>();
        for (String id : ids) {
            chosen.add(JournalChoice.find(journals, id));
        }
        return List.copyOf(chosen);
    }

    private Optional<String> objection(Path data, List<JournalRow> going, boolean running) throws IOException {
        for (JournalRow journal : going) {
            if (journal.current()) {
                return Optional.of("journal " + journal.id()
                        + " is the current one, which takes events; matgate journal new begins another");
            }
        }
        if (!force && !running) {
            return Optional.of("no service runs, so nobody knows what engines hold. Start it, or, if engines may lose"
                    + " what they lack: --force");
        }
        for (JournalRow journal : going) {
            Optional<String> lacking = force ? Optional.empty() : lacking(data, journal);
            if (lacking.isPresent()) {
                return lacking;
            }
        }
        try (JournalFile file = JournalFile.open(data)) {
            return bound(bonds(file), going);
        }
    }

    private JournalBonds bonds(JournalFile file) throws IOException {
        return new JournalBonds(file, JournalListCommand.census(spec, file, file.journals()));
    }

    private List<JournalRow> inOrder(Path data, List<JournalRow> going) throws IOException {
        if (going.size() == 1) {
            return going;
        }
        try (JournalFile file = JournalFile.open(data)) {
            return bonds(file).inOrder(going);
        }
    }

    /** Why some of these have to stay: others, which stay, would lose their time. */
    private static Optional<String> bound(JournalBonds bonds, List<JournalRow> going) throws IOException {
        for (JournalRow journal : going) {
            List<JournalRow> losers = bonds.losers(journal, going);
            if (!losers.isEmpty()) {
                return Optional.of("journal " + journal.id() + " tells the time of events in " + ids(losers, " and ")
                        + advice(going, losers));
            }
        }
        return Optional.empty();
    }

    private static String advice(List<JournalRow> going, List<JournalRow> losers) {
        return losers.stream().anyMatch(JournalRow::current)
                ? ", the current one: keep it; once there is another current one they can be deleted together"
                : ": delete that first, or both: matgate journal delete "
                        + ids(Stream.concat(losers.stream(), going.stream()).toList(), " ");
    }

    private static String ids(List<JournalRow> journals, String between) {
        return journals.stream().map(journal -> journal.id().toString()).collect(Collectors.joining(between));
    }

    private static Optional<String> lacking(Path data, JournalRow journal) {
        Optional<EngineHoldings> engines = EngineHoldings.ask(data);
        if (engines.isEmpty()) {
            return Optional.of("the service does not say what engines hold of it. If they may lose it: --force");
        }
        List<EngineHolding> lacking = engines.get().lacking(journal.id());
        return lacking.isEmpty() ? Optional.empty() : Optional.of(JournalDeletion.objection(lacking));
    }

    private static boolean confirmed(Screen screen, BufferedReader in, JournalRow journal) throws IOException {
        screen.line("Journal " + journal.id() + " of " + journal.box() + ", begun "
                + Words.utc(journal.createdUtcNanos()) + ", and its " + Words.count(journal.events())
                + " events will be gone for good.");
        screen.line("To delete it, type its whole id:");
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
