package org.matgate.simulator.replay;

import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Reads in the order of their times. A journal has them as they came to the box: those of several readers are out of
 * order by little, those that a reader held while its line was cut by thousands of rows.
 */
final class SortedReads implements Reads {
    /** How many rows a read may stand below one that was later; about 10 MB. */
    static final int MOST_BELOW = 50_000;

    private final Reads unsorted;
    private final Mistakes mistakes;
    private final PriorityQueue<RecordedRead> waiting =
            new PriorityQueue<>(Comparator.comparingLong(RecordedRead::nanos).thenComparingInt(RecordedRead::line));
    private long lastNanos = Long.MIN_VALUE;
    private boolean ended;

    SortedReads(Reads unsorted, Mistakes mistakes) {
        this.unsorted = unsorted;
        this.mistakes = mistakes;
    }

    @Override
    public Optional<RecordedRead> next() throws IOException {
        while (!ended && waiting.size() <= MOST_BELOW) {
            Optional<RecordedRead> read = unsorted.next();
            ended = read.isEmpty();
            read.ifPresent(this::take);
        }
        Optional<RecordedRead> earliest = Optional.ofNullable(waiting.poll());
        lastNanos = earliest.map(RecordedRead::nanos).orElse(lastNanos);
        return earliest;
    }

    private void take(RecordedRead read) {
        if (read.nanos() < lastNanos) {
            mistakes.add(
                    Place.line(read.line()),
                    "its time, " + form().show(read.nanos()) + ", is before that of a row more than " + MOST_BELOW
                            + " rows above: want a file sorted by time");
        } else {
            waiting.add(read);
        }
    }

    @Override
    public TimeForm form() {
        return unsorted.form();
    }

    @Override
    public void close() throws IOException {
        unsorted.close();
    }
}
