package org.matgate.simulator.replay;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Those reads of a file that are wanted and that a reader can tell of, without the names by which they were chosen. */
final class ChosenReads implements Reads {
    /** More names than a person wants to see. */
    private static final int MOST_NAMES = 20;

    private final Reads all;
    private final Wanted wanted;
    private final ReaderLimits limits;
    private final Mistakes mistakes;
    private final Set<String> readers = new TreeSet<>();
    private final Set<String> timingPoints = new TreeSet<>();

    ChosenReads(Reads all, Wanted wanted, ReaderLimits limits, Mistakes mistakes) {
        this.all = all;
        this.wanted = wanted;
        this.limits = limits;
        this.mistakes = mistakes;
    }

    @Override
    public Optional<RecordedRead> next() throws IOException {
        for (Optional<RecordedRead> read = all.next(); read.isPresent(); read = all.next()) {
            if (chosen(read.get())) {
                Optional<String> against = limits.against(read.get());
                if (against.isEmpty()) {
                    return read.map(RecordedRead::unnamed);
                }
                mistakes.add(Place.line(read.get().line()), against.get());
            }
        }
        return Optional.empty();
    }

    private boolean chosen(RecordedRead read) {
        note(readers, read.reader());
        note(timingPoints, read.timingPoint());
        return wanted.reader().orElse(read.reader()).equals(read.reader())
                && wanted.timingPoint().orElse(read.timingPoint()).equals(read.timingPoint());
    }

    private static void note(Set<String> names, String name) {
        if (!name.isEmpty() && names.size() < MOST_NAMES) {
            names.add(Shown.text(name));
        }
    }

    /** Of all reads, chosen or not. */
    Set<String> readers() {
        return readers;
    }

    /** Of all reads, chosen or not. */
    Set<String> timingPoints() {
        return timingPoints;
    }

    @Override
    public TimeForm form() {
        return all.form();
    }

    @Override
    public void close() throws IOException {
        all.close();
    }
}
