package org.matgate.simulator.replay;

import java.util.Optional;

/** The times of one file, all written in the way of the first. Not thread-safe. */
final class Times {
    /** A row that was held back comes sooner than that; later it is one of the next day. */
    private static final long MOST_BACK_NANOS = 3_600_000_000_000L;

    private Optional<TimeForm> form = Optional.empty();
    private long latest;
    private String latestText = "";

    /**
     * Nanoseconds, see {@link TimeForm}.
     *
     * @throws IllegalArgumentException if it is no time, or written otherwise than the first
     */
    long nanos(String text) {
        TimeForm written = TimeForm.of(text);
        long nanos = written.nanos(text);
        if (form.orElse(written) != written) {
            throw new IllegalArgumentException(
                    "the time '" + text + "' is written in another way than those before: want one way in a file");
        }
        if (written == TimeForm.TIME_OF_DAY && form.isPresent() && nanos < latest - MOST_BACK_NANOS) {
            throw new IllegalArgumentException("the time of day '" + text + "' is "
                    + TimeForm.TIME_OF_DAY.show(latest - nanos) + " before '" + latestText
                    + "' above: a file that goes past midnight needs dates, and so does one with rows more than an hour"
                    + " out of order");
        }
        if (form.isEmpty() || nanos >= latest) {
            latest = nanos;
            latestText = text;
        }
        form = Optional.of(written);
        return nanos;
    }

    /** How the first was written; seconds where none was read yet. */
    TimeForm form() {
        return form.orElse(TimeForm.SECONDS);
    }
}
