package org.matgate.simulator.replay;

import java.nio.file.Path;

/**
 * A wait from one row of a file to the next.
 *
 * @param line of the row that is waited for
 * @param beforeNanos the time of the row before
 * @param afterNanos that of the row itself; it may be before the other
 */
record Wait(int line, long beforeNanos, long afterNanos) {
    private static final long LONGEST_NANOS = TimeForm.DAY_NANOS;
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    /** Whether nobody sits through it: more than a day in the file, and at that speed still. */
    boolean tooLong(Speed speed) {
        long nanos = Math.abs(afterNanos - beforeNanos);
        return nanos > LONGEST_NANOS && speed.dueNanos(nanos) > LONGEST_NANOS;
    }

    /** What is wrong with it. */
    String problem(Path file, TimeForm form) {
        boolean back = afterNanos < beforeNanos;
        return Place.line(line).in(file) + ": its time, " + form.show(afterNanos) + ", is "
                + text(Math.abs(afterNanos - beforeNanos)) + (back ? " before " : " after ") + form.show(beforeNanos)
                + ", that of the row played before it";
    }

    /** Why it is refused, and what to do. */
    String refusal(Path file, TimeForm form) {
        return problem(file, form) + ": nobody waits so long; want --from "
                + form.show(afterNanos).replace(" s", "")
                + " to begin there, --speed max to wait for nothing, or --skip-bad to leave this wait out";
    }

    /** A length of time for a person. */
    static String text(long nanos) {
        if (nanos >= 2 * TimeForm.DAY_NANOS) {
            return nanos / TimeForm.DAY_NANOS + " days";
        }
        return nanos >= 2 * HOUR_NANOS ? nanos / HOUR_NANOS + " h" : TimeForm.SECONDS.show(nanos);
    }
}
