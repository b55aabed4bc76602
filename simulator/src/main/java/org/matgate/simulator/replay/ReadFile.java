package org.matgate.simulator.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file of reads that was looked through from its first row to its last, and can be played. Nothing of it is held. */
public final class ReadFile {
    private final Path file;
    private final FileFormat format;
    private final Wanted wanted;
    private final ReaderLimits limits;
    private final List<String> notes = new ArrayList<>();
    private long count;
    private long firstNanos;
    private long lastNanos;
    private long startNanos;

    private ReadFile(Path file, FileFormat format, Wanted wanted, ReaderLimits limits) {
        this.file = file;
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
        ReadFile checked = new ReadFile(file, FileFormat.of(file), wanted, limits);
        checked.check();
        return checked;
    }

    private void check() throws IOException, MistakesException {
        MistakeList mistakes = new MistakeList(file);
        ChosenReads chosen = new ChosenReads(format.open(file, mistakes), wanted, limits, mistakes);
        try (Reads reads = new SortedReads(chosen, mistakes)) {
            for (Optional<RecordedRead> read = reads.next(); read.isPresent(); read = reads.next()) {
                firstNanos = count == 0 ? read.get().nanos() : firstNanos;
                lastNanos = read.get().nanos();
                count++;
            }
        }
        mistakes.refuseUnless(wanted.skipBad());
        if (count == 0) {
            throw new MistakesException(
                    file + ": no reads" + (mistakes.count() > 0 ? " but bad ones" : "") + named(chosen));
        }
        try {
            startNanos = wanted.from().in(firstNanos, lastNanos);
        } catch (IllegalArgumentException e) {
            throw new MistakesException(file + ": " + e.getMessage());
        }
        note(mistakes, chosen);
    }

    private String named(ChosenReads chosen) {
        if (wanted.reader().isEmpty() && wanted.timingPoint().isEmpty()) {
            return "";
        }
        return wanted.reader().map(name -> " of the reader '" + name + "'").orElse("")
                + wanted.timingPoint()
                        .map(name -> " of the timing point '" + name + "'")
                        .orElse("")
                + ": there are readers " + chosen.readers() + " and timing points " + chosen.timingPoints();
    }

    private void note(MistakeList mistakes, ChosenReads chosen) {
        if (mistakes.count() > 0) {
            notes.addAll(mistakes.told());
            notes.add(file + ": rows left out: " + mistakes.count());
        }
        if (wanted.reader().isEmpty()
                && wanted.timingPoint().isEmpty()
                && chosen.timingPoints().size() > 1) {
            notes.add(file + ": one reader tells the reads of the timing points " + chosen.timingPoints()
                    + "; --timing-point chooses one");
        }
    }

    /** What a person should know before it is played, a line each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** The moment from which it is played, by its own time. */
    long startNanos() {
        return startNanos;
    }

    /** What is to be played, in the order of time. */
    Reads open() throws IOException {
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
            public void close() throws IOException {
                reads.close();
            }
        };
    }

    @Override
    public String toString() {
        return file + ": " + count + " reads from " + Times.show(firstNanos) + " to " + Times.show(lastNanos)
                + ", played from " + Times.show(startNanos);
    }
}
