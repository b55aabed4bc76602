package org.matgate.gateway.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.matgate.gateway.config.ConfigException;
import org.matgate.gateway.export.Export;
import org.matgate.gateway.export.Exporter;
import org.matgate.gateway.export.Format;
import org.matgate.gateway.journal.JournalFile;
import org.matgate.gateway.journal.JournalRow;
import org.matgate.gateway.status.Words;
import org.matgate.protocol.stream.SeqRanges;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code matgate export}: events for other programs. */
@Command(
        name = "export",
        description = {
            "Writes the events that are committed now as a file for other programs; also while the service runs, which does"
                    + " not notice. Times are as known by now, with how wrong they may be and who says so; where nobody"
                    + " knows the time, that is said and no time is given.",
            "csv: a table, one line an event. jsonl: a JSON object a line, with all that is known. ipico: reads as the"
                    + " lines of IPICO readers, in the zone of --zone.",
            "Example: matgate export --format csv --reads-only --from 2026-05-10T09:00:00+02:00 -o reads.csv",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            " 0:all that was asked for is written",
            " 1:not written; the message says why, or whoever was to read it has gone",
            " 2:wrong call, or there is no journal to read",
            " 3:written, but for events that are told at the end"
        })
public final class ExportCommand implements Callable<Integer> {
    private static final int BUFFER_BYTES = 1 << 16;

    /** So many runs of numbers are told: a file that is damaged throughout has one at every step. */
    private static final int MOST_RUNS = 20;

    @ArgGroup(exclusive = true)
    private BoxData where = new BoxData();

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "csv, jsonl or ipico.")
    private Format format = Format.CSV;

    @Option(
            names = "--journal",
            paramLabel = "ID",
            description =
                    "Only this journal, by its id or as much of the beginning as no other has; else all, the oldest"
                            + " first.")
    private Optional<String> journal = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "TIME|SEQ",
            description = "From this time on, such as 2026-05-10T09:00:00Z, or from this number on.")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "TIME|SEQ",
            description = "Before this time, or to this number, which is the last.")
    private Optional<String> to = Optional.empty();

    @Option(names = "--reads-only", description = "Only reads, not what readers, clock, pins and box said.")
    private boolean readsOnly;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "For ipico, whose lines say the time of day: where. Europe/Berlin, +02:00 or UTC.")
    private Optional<String> zone = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Where to: the file is there when all is written, and not before; one that is there already is"
                            + " not overwritten. Else standard output.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--overwrite", description = "Replaces the file of -o, when all is written, and not before.")
    private boolean overwrite;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Optional<ZoneId> place = zoneId();
        Screen screen = new Screen(spec);
        try {
            Path data = where.directory();
            refuseJournalFiles(data);
            try (JournalFile file = JournalFile.open(data)) {
                return export(screen, file, wanted(file.journals()), place);
            }
        } catch (ConfigException | IOException e) {
            screen.error("matgate: " + e.getMessage());
            return 2;
        }
    }

    private int export(Screen screen, JournalFile file, Export.Wanted wanted, Optional<ZoneId> place) {
        try {
            return output.isPresent()
                    ? toFile(screen, file, wanted, place, output.get())
                    : toStandardOutput(screen, file, wanted, place);
        } catch (HungUpException e) {
            return 1;
        } catch (IOException e) {
            screen.error("matgate: nothing is exported: " + e.getMessage());
            return 1;
        }
    }

    private int toFile(Screen screen, JournalFile file, Export.Wanted wanted, Optional<ZoneId> place, Path target)
            throws IOException {
        try (PartFile part = new PartFile(target, overwrite, "give another name, or --overwrite")) {
            Exporter exporter;
            Export.Outcome outcome;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part.path()), BUFFER_BYTES)) {
                exporter = format.exporter(out, file.sources(), place);
                outcome = run(file, wanted, exporter, true);
            }
            part.finish();
            return tell(screen, exporter, outcome, target.toString());
        }
    }

    private int toStandardOutput(Screen screen, JournalFile file, Export.Wanted wanted, Optional<ZoneId> place)
            throws IOException {
        OutputStream out = new BufferedOutputStream(new StandardOutput(), BUFFER_BYTES);
        Exporter exporter = format.exporter(out, file.sources(), place);
        Export.Outcome outcome = run(file, wanted, exporter, !Progress.isTerminal(1));
        out.flush();
        return tell(screen, exporter, outcome, "standard output");
    }

    private Export.Outcome run(JournalFile file, Export.Wanted wanted, Exporter exporter, boolean bar)
            throws IOException {
        try (Progress progress = new Progress(spec, "exporting", wanted.events())) {
            return Export.run(file, wanted, exporter, bar ? progress : seen -> {});
        }
    }

    /** What a person wants to know goes to standard error: standard output may be the export. */
    private static int tell(Screen screen, Exporter exporter, Export.Outcome outcome, String target) {
        screen.error("exported " + Words.count(outcome.written()) + " events to " + target);
        exporter.notes().forEach(note -> screen.error("      " + note));
        List<String> leftOut = new ArrayList<>(exporter.leftOut());
        if (outcome.timeUnknown() > 0) {
            leftOut.add(Words.count(outcome.timeUnknown())
                    + " events whose time nobody knows, so that they may lie between --from and --to or not; see"
                    + " matgate clock");
        }
        outcome.damaged()
                .forEach((journal, seqs) -> leftOut.add(Words.count(seqs.size()) + " events that are damaged: numbers "
                        + numbers(seqs) + " of journal " + journal));
        outcome.lostPieces()
                .forEach((journal, seqs) ->
                        leftOut.add(Words.count(seqs.size()) + " damaged pieces of the clock: numbers " + numbers(seqs)
                                + " of journal " + journal + "; what only they tell of the time is not known here, and"
                                + " what they put right may be wrong: matgate clock"));
        if (outcome.missing() > 0) {
            leftOut.add(
                    Words.count(outcome.missing()) + " numbers of which no event is there; see matgate journal verify");
        }
        leftOut.forEach(line -> screen.error("LEFT OUT  " + line));
        return leftOut.isEmpty() ? 0 : 3;
    }

    private static String numbers(SeqRanges seqs) {
        return seqs.largest(MOST_RUNS)
                + (seqs.rangeCount() > MOST_RUNS ? " and smaller ones, which matgate journal verify tells" : "");
    }

    private Export.Wanted wanted(List<JournalRow> journals) throws IOException {
        List<JournalRow> chosen = journal.isPresent() ? List.of(JournalChoice.find(journals, journal.get())) : journals;
        boolean bySeq = from.filter(ExportCommand::isSeq).isPresent()
                || to.filter(ExportCommand::isSeq).isPresent();
        if (bySeq && chosen.size() > 1) {
            throw new IOException(
                    "there are " + chosen.size() + " journals, each with its own numbers: say --journal ID,"
                            + " or give --from and --to as times; matgate journal list shows them");
        }
        return new Export.Wanted(
                chosen,
                from.filter(ExportCommand::isSeq).map(this::seq).orElse(1L),
                to.filter(ExportCommand::isSeq).map(this::seq).orElse(SeqRanges.MAX_SEQ),
                from.filter(text -> !isSeq(text))
                        .map(text -> CrewTime.utcNanos(spec, "--from", text))
                        .orElse(Long.MIN_VALUE),
                to.filter(text -> !isSeq(text))
                        .map(text -> CrewTime.utcNanos(spec, "--to", text))
                        .orElse(Long.MAX_VALUE),
                readsOnly);
    }

    private static boolean isSeq(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private long seq(String digits) {
        if (digits.length() > 13 || Long.parseLong(digits) < 1) {
            throw new ParameterException(spec.commandLine(), "number " + digits + "; want 1 to " + SeqRanges.MAX_SEQ);
        }
        return Long.parseLong(digits);
    }

    private Optional<ZoneId> zoneId() {
        if (format.wantsZone() != zone.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(),
                    format.wantsZone()
                            ? "--format ipico: its lines say the time of day; say where: --zone Europe/Berlin, or --zone UTC"
                            : "--zone is for --format ipico; the other formats say UTC");
        }
        try {
            return zone.map(ZoneId::of);
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--zone " + zone.orElse("") + ": want a place, such as Europe/Berlin, or an offset, such as +02:00",
                    e);
        }
    }

    private void refuseJournalFiles(Path data) throws IOException {
        if (output.isPresent()) {
            Path target = output.get().toAbsolutePath().normalize();
            Path directory = target.getParent();
            Path name = target.getFileName();
            if (directory != null
                    && name != null
                    && Files.isDirectory(directory)
                    && Files.isDirectory(data)
                    && Files.isSameFile(directory, data)
                    && name.toString().startsWith("journal.")) {
                throw new IOException("-o " + target + " is the journal's own: give another name");
            }
        }
    }

    /** Whoever was to read standard output has gone: no news to anybody. */
    private static final class HungUpException extends IOException {
        private static final long serialVersionUID = 1L;

        HungUpException(IOException cause) {
            super(cause);
        }
    }

    /** Standard output as bytes, which says when nobody reads it: System.out keeps that to itself. */
    private static final class StandardOutput extends OutputStream {
        private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                if (String.valueOf(e.getMessage()).contains("Broken pipe")) {
                    throw new HungUpException(e);
                }
                throw e;
            }
        }
    }
}
