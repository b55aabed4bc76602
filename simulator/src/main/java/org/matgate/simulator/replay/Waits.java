package org.matgate.simulator.replay;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The waits of a file that are too long. Not thread-safe. */
final class Waits {
    /** Who has more has one reason for all. */
    private static final int MOST_TOLD = 10;

    private final Speed speed;
    private final Deque<Wait> last = new ArrayDeque<>();
    private boolean any;
    private long beforeNanos;

    Waits(Speed speed) {
        this.speed = speed;
    }

    /** The next row, in the order in which they are played. */
    void row(int line, long nanos) {
        Wait wait = new Wait(line, any ? beforeNanos : nanos, nanos);
        if (wait.tooLong(speed)) {
            last.add(wait);
            if (last.size() > MOST_TOLD) {
                last.remove();
            }
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
        List<Wait> met = last.stream()
                .filter(wait -> wait.beforeNanos() >= startNanos
                        || new Wait(wait.line(), Math.min(startNanos, wait.afterNanos()), wait.afterNanos())
                                .tooLong(speed))
                .toList();
        if (!met.isEmpty() && !leaveOut) {
            throw new MistakesException(met.getFirst().refusal(file, form) + "\nnothing was started");
        }
        return met.stream()
                .map(wait -> wait.problem(file, form) + ": that wait is left out")
                .toList();
    }
}
