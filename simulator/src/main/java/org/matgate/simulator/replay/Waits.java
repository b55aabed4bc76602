package org.matgate.simulator.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The waits of a file that are too long. Not thread-safe. */
final class Waits {
    /** Who has more has one reason for all. */
    private static final int MOST_TOLD = 10;

    /** More waits of a day than fit into the years that a time in nanoseconds can tell; only times that go back have more. */
    private static final int MOST_KEPT = 250_000;

    private final Speed speed;
    private final List<Wait> all = new ArrayList<>();
    private boolean any;
    private long beforeNanos;

    Waits(Speed speed) {
        this.speed = speed;
    }

    /** The next row, in the order in which they are played. */
    void row(int line, long nanos) {
        Wait wait = new Wait(line, any ? beforeNanos : nanos, nanos);
        if (wait.tooLong(speed) && all.size() < MOST_KEPT) {
            all.add(wait);
        }
        any = true;
        beforeNanos = nanos;
    }

    /**
     * What a person should know of those that are left out.
     *
     * @param startNanos from where the file is played; {@code Long.MIN_VALUE}: all of it
     * @param leaveOut whether they are to be left out
     * @throws MistakesException if there are any and they are not
     */
    List<String> notes(Path file, TimeForm form, long startNanos, boolean leaveOut) throws MistakesException {
        // Only now is it known from where on they count.
        List<Wait> met = all.stream()
                .filter(wait -> wait.beforeNanos() >= startNanos
                        || new Wait(wait.line(), Math.min(startNanos, wait.afterNanos()), wait.afterNanos())
                                .tooLong(speed))
                .toList();
        if (!met.isEmpty() && !leaveOut) {
            String more = met.size() > 1 ? "\nand " + (met.size() - 1) + " more such waits" : "";
            throw new MistakesException(met.getFirst().refusal(file, form) + more + "\nnothing was started");
        }
        List<String> notes = new ArrayList<>();
        met.stream()
                .limit(MOST_TOLD)
                .map(wait -> wait.problem(file, form) + ": that wait is left out")
                .forEach(notes::add);
        if (met.size() > MOST_TOLD) {
            notes.add("and " + (met.size() - MOST_TOLD) + " more such waits");
        }
        return notes;
    }
}
