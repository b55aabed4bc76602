package org.matgate.gateway.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.matgate.gateway.config.ConfigException;
import org.matgate.gateway.journal.JournalFile;
import org.matgate.gateway.journal.JournalRow;
import org.matgate.gateway.journal.JournalSizes;
import org.matgate.gateway.status.Facts;
import org.matgate.gateway.status.Words;
import org.matgate.protocol.stream.Entry;
import org.matgate.protocol.stream.EventCodec;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.UtcTimeline;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code matgate journal info}: the file and what is in it. */
@Command(
        name = "info",
        description = {
            "Shows the file, its sizes and the room on its disk, how many events of each kind are in it, and from when to"
                    + " when, by what is known of the time by now.",
            "Example: matgate journal info --json",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {" 0:done", " 2:wrong call, or there is no journal to read"})
final class JournalInfoCommand implements Callable<Integer> {
    @ArgGroup(exclusive = true)
    private BoxData where = new BoxData();

    @Option(names = "--json", description = Screen.JSON_HELP)
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The first and the last event, restated. */
    private record Ends(Optional<Stamp> first, Optional<Stamp> last) {}

    @Override
    public Integer call() {
        Screen screen = new Screen(spec);
        try (JournalFile file = JournalFile.open(where.directory())) {
            List<JournalRow> journals = file.journals();
            Ends ends = ends(screen, file, journals);
            JournalSizes sizes = JournalSizes.of(file);
            Map<String, Long> kinds = new TreeMap<>();
            JournalListCommand.census(spec, file, journals)
                    .all()
                    .forEach((kind, count) -> kinds.merge(EventCodec.kindName(kind), count, Long::sum));
            if (json) {
                screen.line(json(sizes, journals, kinds, ends));
            } else {
                text(screen, sizes, journals, kinds, ends);
            }
            return 0;
        } catch (ConfigException | IOException e) {
            screen.error("matgate: " + e.getMessage());
            return 2;
        }
    }

    private static Ends ends(Screen screen, JournalFile file, List<JournalRow> journals) throws IOException {
        List<JournalRow> filled =
                journals.stream().filter(journal -> journal.lastSeq() > 0).toList();
        if (filled.isEmpty()) {
            return new Ends(Optional.empty(), Optional.empty());
        }
        UtcTimeline timeline = file.timeline((journal, seq) -> screen.error("matgate: event " + journal + ":" + seq
                + ", a piece of the clock, is damaged, and these times do without it; see matgate journal verify"));
        JournalRow first = filled.getFirst();
        JournalRow last = filled.getLast();
        return new Ends(
                known(file.event(first.id(), first.firstSeq()), timeline),
                known(file.event(last.id(), last.lastSeq()), timeline));
    }

    private static Optional<Stamp> known(Optional<Entry> entry, UtcTimeline timeline) {
        return entry.map(one -> timeline.restate(one.event().stamp()));
    }

    private static void text(
            Screen screen, JournalSizes sizes, List<JournalRow> journals, Map<String, Long> kinds, Ends ends) {
        screen.line("file     " + sizes.file() + ", version " + sizes.version() + ", " + journals.size() + " journals");
        screen.line("size     " + Words.bytes(sizes.fileBytes()) + ", write-ahead log " + Words.bytes(sizes.logBytes())
                + ", free on its disk " + Words.bytes(sizes.freeBytes()));
        screen.line("events   "
                + Words.count(kinds.values().stream().mapToLong(Long::longValue).sum())
                + (kinds.isEmpty() ? "" : ": ")
                + kinds.entrySet().stream()
                        .map(kind -> Words.count(kind.getValue()) + " " + kind.getKey())
                        .collect(Collectors.joining(", ")));
        ends.first().ifPresent(stamp -> screen.line("from     " + describe(stamp)));
        ends.last().ifPresent(stamp -> screen.line("to       " + describe(stamp)));
    }

    private static String describe(Stamp stamp) {
        return stamp.synchronised()
                ? Words.utc(stamp.utcNanos()) + ", within " + Words.millis(stamp.uncertaintyNanos())
                : "NOT SYNCHRONISED, " + Words.duration(stamp.monotonicNanos()) + " after boot " + stamp.bootId()
                        + "; see matgate clock";
    }

    private static String json(JournalSizes sizes, List<JournalRow> journals, Map<String, Long> kinds, Ends ends) {
        return Facts.NONE
                .with("format", 1)
                .with("command", "journal info")
                .with("file", sizes.file().toString())
                .with("version", sizes.version())
                .with("file_bytes", sizes.fileBytes())
                .with("log_bytes", sizes.logBytes())
                .with("free_bytes", sizes.freeBytes())
                .with("journals", journals.size())
                .with(
                        "kinds",
                        kinds.entrySet().stream()
                                .map(kind ->
                                        Facts.NONE.with("kind", kind.getKey()).with("events", kind.getValue()))
                                .toList())
                .with("first_utc", utc(ends.first()))
                .with("last_utc", utc(ends.last()))
                .json();
    }

    private static Optional<String> utc(Optional<Stamp> stamp) {
        return stamp.filter(Stamp::synchronised).map(known -> Words.iso(known.utcNanos()));
    }
}
