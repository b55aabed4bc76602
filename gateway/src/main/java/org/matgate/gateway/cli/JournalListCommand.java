package org.matgate.gateway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.matgate.gateway.config.ConfigException;
import org.matgate.gateway.journal.Census;
import org.matgate.gateway.journal.JournalFile;
import org.matgate.gateway.journal.JournalRow;
import org.matgate.gateway.status.EngineHolding;
import org.matgate.gateway.status.EngineHoldings;
import org.matgate.gateway.status.Facts;
import org.matgate.gateway.status.Words;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code matgate journal list}: which journals there are. */
@Command(
        name = "list",
        description = {
            "Lists the journals, the oldest first: when each was begun, its events and reads, and how much of it each"
                    + " engine holds, as the running service knows.",
            "Example: matgate journal list --data /var/lib/matgate",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {" 0:done", " 2:wrong call, or there is no journal to read"})
final class JournalListCommand implements Callable<Integer> {
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
            try (JournalFile file = JournalFile.open(data)) {
                List<JournalRow> journals = file.journals();
                Census census = census(spec, file, journals);
                Optional<EngineHoldings> engines = EngineHoldings.ask(data);
                if (json) {
                    screen.line(json(journals, census, engines));
                } else {
                    text(journals, census, engines).forEach(screen::line);
                }
                return 0;
            }
        } catch (ConfigException | IOException e) {
            screen.error("matgate: " + e.getMessage());
            return 2;
        }
    }

    /** Counts, with a bar. */
    static Census census(CommandSpec spec, JournalFile file, List<JournalRow> journals) throws IOException {
        long total = journals.stream().mapToLong(JournalRow::events).sum();
        try (Progress progress = new Progress(spec, "counting", total)) {
            return Census.of(file, progress);
        }
    }

    private static List<String> text(List<JournalRow> journals, Census census, Optional<EngineHoldings> engines) {
        List<String> lines = new ArrayList<>();
        for (JournalRow journal : journals) {
            lines.add(journal.id() + "  " + journal.box() + ", begun " + Words.utc(journal.createdUtcNanos())
                    + (journal.current() ? ", CURRENT" : journal.closed() ? ", closed" : ", ended without a close"));
            lines.add("      " + Words.count(census.events(journal)) + " events"
                    + (journal.lastSeq() == 0 ? "" : ", " + journal.firstSeq() + " to " + journal.lastSeq()) + ", "
                    + Words.count(census.reads(journal)) + " reads; " + engines(journal, engines));
        }
        return lines.isEmpty() ? List.of("no journals yet") : lines;
    }

    private static String engines(JournalRow journal, Optional<EngineHoldings> engines) {
        if (engines.isEmpty()) {
            return "what engines hold is not known: no service runs that could say";
        }
        List<EngineHolding> holdings = engines.get().of(journal.id());
        return holdings.isEmpty()
                ? "no engine"
                : holdings.stream().map(JournalListCommand::words).collect(Collectors.joining(", "));
    }

    private static String words(EngineHolding engine) {
        if (!engine.asked()) {
            return "engine " + engine.engine() + ": not known, it was not reached since the start";
        }
        return "engine " + engine.engine() + (engine.whole() ? " holds all" : " holds " + Words.count(engine.held()))
                + (engine.waived() == 0 ? "" : ", does not want " + Words.count(engine.waived()))
                + (engine.whole() ? "" : ", lacks " + Words.count(engine.missing()));
    }

    private static String json(List<JournalRow> journals, Census census, Optional<EngineHoldings> engines) {
        return Facts.NONE
                .with("format", 1)
                .with("command", "journal list")
                .with("engines_known", engines.isPresent())
                .with(
                        "journals",
                        journals.stream()
                                .map(journal -> facts(
                                        journal,
                                        census,
                                        engines.map(all -> all.of(journal.id())).orElse(List.of())))
                                .toList())
                .json();
    }

    private static Facts facts(JournalRow journal, Census census, List<EngineHolding> engines) {
        return Facts.NONE
                .with("journal", journal.id().toString())
                .with("box", journal.box())
                .with("begun_utc", Words.iso(journal.createdUtcNanos()))
                .with("current", journal.current())
                .with("closed", journal.closed())
                .with("first_seq", journal.firstSeq())
                .with("last_seq", journal.lastSeq())
                .with("events", census.events(journal))
                .with("reads", census.reads(journal))
                .with("engines", engines.stream().map(JournalListCommand::facts).toList());
    }

    private static Facts facts(EngineHolding engine) {
        Facts name = Facts.NONE.with("engine", engine.engine()).with("known", engine.asked());
        return engine.asked()
                ? name.with("held", engine.held())
                        .with("waived", engine.waived())
                        .with("missing", engine.missing())
                : name;
    }
}
