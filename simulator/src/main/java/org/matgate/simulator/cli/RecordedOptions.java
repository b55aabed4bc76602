package org.matgate.simulator.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.matgate.simulator.replay.CaptureFile;
import org.matgate.simulator.replay.FileFormat;
import org.matgate.simulator.replay.MistakesException;
import org.matgate.simulator.replay.ReadFile;
import org.matgate.simulator.replay.ReaderLimits;
import org.matgate.simulator.replay.Speed;
import org.matgate.simulator.replay.Wanted;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of a mat that sees what is in a file. */
final class RecordedOptions {
    @Option(
            names = "--file",
            paramLabel = "READS",
            description = "Sees what is in this file: matgate export's csv or jsonl, a table with the columns"
                    + " time,chip,antenna,rssi, or lines of IPICO readers. It begins when a host reads. The options"
                    + " --speed, --from, --skip-bad, --reader, --timing-point and --stay go with it.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--reader",
            paramLabel = "NAME",
            description = "Only what this reader told; in IPICO lines its two digits.")
    private Optional<String> reader = Optional.empty();

    @Option(names = "--timing-point", paramLabel = "NAME", description = "Only what was read at this timing point.")
    private Optional<String> timingPoint = Optional.empty();

    @Option(names = "--stay", description = "Stays on after the last read, until it is stopped.")
    private boolean stay;

    @Mixin
    private PlayOptions play = new PlayOptions();

    private void check(MatOptions options) {
        options.require(
                file.isPresent() || !(play.given() || stay || reader.isPresent() || timingPoint.isPresent()),
                "--speed, --from, --skip-bad, --reader, --timing-point and --stay go with --file only");
        options.require(file.isEmpty() || options.rate() == 0, "--rate and --file exclude each other");
        play.speed();
        play.from();
    }

    /** The file that was asked for, looked through to its end; what a person should know of it is told. */
    Optional<ReadFile> reads(MatOptions options, ReaderLimits limits) {
        check(options);
        return file.map(path -> play.looked(() -> reads(path, limits)));
    }

    private ReadFile reads(Path path, ReaderLimits limits) throws IOException, MistakesException {
        ReadFile reads = ReadFile.check(path, new Wanted(play.from(), reader, timingPoint, play.skipBad()), limits);
        play.tell(reads.notes());
        return reads;
    }

    /** Lines of an IPICO reader that are to be sent as they are, if the file is such. */
    Optional<CaptureFile> lines(MatOptions options) {
        check(options);
        return file.filter(path -> play.looked(() -> FileFormat.of(path)) == FileFormat.IPICO_LINES)
                .map(path -> play.looked(() -> lines(path, options)));
    }

    private CaptureFile lines(Path path, MatOptions options) throws IOException, MistakesException {
        options.require(
                reader.isEmpty() && timingPoint.isEmpty(),
                "--reader and --timing-point: an IPICO reader says such lines as they are");
        options.require(
                options.count() == Long.MAX_VALUE && options.durationNanos() == Long.MAX_VALUE,
                "--count and --duration: an IPICO reader says such lines as they are, to the last");
        CaptureFile lines = CaptureFile.ipico(path, play.from(), play.skipBad());
        play.tell(lines.notes());
        return lines;
    }

    Speed speed() {
        return play.speed();
    }

    boolean stay() {
        return stay;
    }
}
