package org.matgate.simulator.replay;

import java.nio.file.Path;
import java.util.Optional;

/** Rows whose times are before that of a row above, counted, with the one that goes back furthest. Not thread-safe. */
final class StepsBack {
    /** What arrives a little later than it was read is nothing to tell. */
    private static final long LEAST_TOLD_NANOS = 1_000_000_000L;

    private long latestNanos = Long.MIN_VALUE;
    private long count;
    private int line;
    private long nanos;
    private long aboveNanos;

    /** The next row, in the order of the file. */
    void row(int rowLine, long rowNanos) {
        if (rowNanos >= latestNanos) {
            latestNanos = rowNanos;
        } else if (latestNanos - rowNanos >= LEAST_TOLD_NANOS) {
            count++;
            if (count == 1 || latestNanos - rowNanos > aboveNanos - nanos) {
                line = rowLine;
                nanos = rowNanos;
                aboveNanos = latestNanos;
            }
        }
    }

    /**
     * What a person should know of them.
     *
     * @param fate what becomes of such a row
     */
    Optional<String> note(Path file, TimeForm form, String fate) {
        return count == 0
                ? Optional.empty()
                : Optional.of(Place.line(line).in(file) + ": its time, " + form.show(nanos) + ", is "
                        + Wait.text(aboveNanos - nanos) + " before " + form.show(aboveNanos) + " above: " + fate
                        + (count == 1 ? "" : "; so are " + (count - 1) + " more that go back less"));
    }
}
