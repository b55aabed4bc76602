package org.matgate.simulator.replay;

import java.util.Optional;

/** The times of one file, all written in the way of the first. Not thread-safe. */
final class Times {
    private Optional<TimeForm> form = Optional.empty();
    private long last;

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
        if (written == TimeForm.TIME_OF_DAY && form.isPresent() && nanos < last - TimeForm.DAY_NANOS / 2) {
            throw new IllegalArgumentException("the time of day '" + text
                    + "' is more than 12 hours before the one above: a file that goes past midnight needs dates");
        }
        form = Optional.of(written);
        last = nanos;
        return nanos;
    }

    /** How the first was written; seconds where none was read yet. */
    TimeForm form() {
        return form.orElse(TimeForm.SECONDS);
    }
}
