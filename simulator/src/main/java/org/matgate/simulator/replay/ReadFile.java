package org.matgate.simulator.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A file of reads that was looked through from its first row to its last, and can be played. Nothing of it is held. */
public final class ReadFile {
    private final Path file;
    private final FileStamp stamp;
    private final FileFormat format;
    private final Wanted wanted;
    private final ReaderLimits limits;
    private final List<String> notes = new ArrayList<>();
    private long startNanos;

    private ReadFile(Path file, FileStamp stamp, FileFormat format, Wanted wanted, ReaderLimits limits) {
        this.file = file;
        this.stamp = stamp;
        this.format = format;
        this.wanted = wanted;
        this.limits = limits;
    }

    /**
     * Looks through a file.
     *
     * @param limits of the reader that is to tell its reads
     * @throws MistakesException if it cannot be played as wanted
     */
    public static ReadFile check(Path file, Wanted wanted, ReaderLimits limits) throws IOException, MistakesException {
        FileFormat format = FileFormat.of(file);
        ReadFile checked = new ReadFile(file, FileStamp.of(file), format, wanted, limits);
        checked.check();
        return checked;
    }

    private void check() throws IOException, MistakesException {
        MistakeList mistakes = new MistakeList(file);
        ChosenReads chosen = new ChosenReads(format.open(file, mistakes), wanted, limits, mistakes);
        Optional<Span> span;
        try (Reads reads = new SortedReads(chosen, mistakes)) {
            span = span(reads);
        }
        mistakes.refuseUnless(wanted.skipBad());
        notes.addAll(mistakes.notes());
        Span found = span.orElseThrow(() -> nothing(file + ": no reads" + named(chosen)));
        try {
            startNanos = wanted.from().in(found);
        } catch (IllegalArgumentException e) {
            throw new MistakesException(file + ": " + e.getMessage());
        }
        From.wait(startNanos, found).ifPresent(wait -> notes.add(file + ": " + wait));
        if (!named() && chosen.timingPoints().size() > 1) {
            notes.add(file + ": one reader tells the reads of the timing points " + chosen.timingPoints()
                    + "; --timing-point chooses one");
        }
    }

    /** With what is bad in it, which may be why. */
    private MistakesException nothing(String what) {
        return new MistakesException(
                String.join("\n", Stream.concat(notes.stream(), Stream.of(what)).toList()));
    }

    private static Optional<Span> span(Reads reads) throws IOException {
        Optional<RecordedRead> read = reads.next();
        if (read.isEmpty()) {
            return Optional.empty();
        }
        long first = read.get().nanos();
        long last = first;
        for (; read.isPresent(); read = reads.next()) {
            last = read.get().nanos();
        }
        return Optional.of(new Span(reads.form(), first, last));
    }

    private boolean named() {
        return wanted.reader().isPresent() || wanted.timingPoint().isPresent();
    }

    private String named(ChosenReads chosen) {
        if (!named()) {
            return "";
        }
        return wanted.reader().map(name -> " of the reader '" + name + "'").orElse("")
                + wanted.timingPoint()
                        .map(name -> " of the timing point '" + name + "'")
                        .orElse("")
                + ": there are readers " + chosen.readers() + " and timing points " + chosen.timingPoints();
    }

    /** What a person should know before it is played, a line each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Of the reader that tells its reads. */
    ReaderLimits limits() {
        return limits;
    }

    /** The moment from which it is played, by its own time. */
    long startNanos() {
        return startNanos;
    }

    /**
     * What is to be played, in the order of time.
     *
     * @throws IOException if it cannot be read, or has changed since
     */
    Reads open() throws IOException {
        stamp.require(file);
        Reads reads = new SortedReads(
                new ChosenReads(format.open(file, Mistakes.KNOWN), wanted, limits, Mistakes.KNOWN), Mistakes.KNOWN);
        return new Reads() {
            @Override
            public Optional<RecordedRead> next() throws IOException {
                Optional<RecordedRead> read = reads.next();
                while (read.isPresent() && read.get().nanos() < startNanos) {
                    read = reads.next();
                }
                return read;
            }

            @Override
            public TimeForm form() {
                return reads.form();
            }

            @Override
            public void close() throws IOException {
                reads.close();
            }
        };
    }
}
