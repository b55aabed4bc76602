package org.matgate.simulator.replay;

import java.util.Optional;

/**
 * The moment of a file from which it is played.
 *
 * @param kind how it is said
 * @param nanos after the first row, of the day, or of the file's own time
 */
public record From(Kind kind, long nanos) {
    /** The first row. */
    public static final From START = new From(Kind.AFTER_FIRST, 0);

    /** How a moment is said. */
    public enum Kind {
        AFTER_FIRST,
        TIME_OF_DAY,
        SECONDS,
        MOMENT
    }

    /**
     * What a person writes: {@code +120} seconds after the first row, {@code 07:31:00}, a moment with its date, or the
     * seconds of a file whose times are seconds.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    public static From parse(String text) {
        boolean after = text.startsWith("+");
        String time = after ? text.substring(1) : text;
        try {
            TimeForm form = TimeForm.of(time);
            long nanos = form.nanos(time);
            if (after && (form != TimeForm.SECONDS || nanos < 0)) {
                throw new IllegalArgumentException("only seconds are after something");
            }
            return new From(after ? Kind.AFTER_FIRST : kind(form), nanos);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "from '" + text + "': want such as 07:31:00, 2026-02-15T07:31:00Z or +120 (seconds)", e);
        }
    }

    private static Kind kind(TimeForm form) {
        return switch (form) {
            case SECONDS -> Kind.SECONDS;
            case TIME_OF_DAY -> Kind.TIME_OF_DAY;
            case WITHOUT_ZONE, WITH_ZONE -> Kind.MOMENT;
        };
    }

    /**
     * The moment in a file. A time of day is that of the first row's day (in UTC, or as the file has it), or if the file
     * goes past midnight and begins later, of the next. It may lie up to a day before the first row, so that what was
     * read at several places starts together.
     *
     * @throws IllegalArgumentException if the file has no such times, ends before or begins long after
     */
    long in(Span file) {
        long start = switch (kind) {
            case AFTER_FIRST -> file.firstNanos() + nanos;
            case TIME_OF_DAY -> ofDay(file);
            case SECONDS, MOMENT -> nanos;
        };
        if (!fits(file.form())) {
            throw new IllegalArgumentException(
                    "--from is written in another way than the times of the file, which goes " + file
                            + ": want it like these, or +seconds after the first");
        }
        if (start > file.lastNanos()) {
            throw new IllegalArgumentException("there is nothing from " + file.show(start) + " on: it goes " + file);
        }
        if (start < file.firstNanos() - TimeForm.DAY_NANOS) {
            throw new IllegalArgumentException(
                    file.show(start) + " is more than a day before its first row: it goes " + file);
        }
        return start;
    }

    private boolean fits(TimeForm form) {
        return switch (kind) {
            case AFTER_FIRST -> true;
            case TIME_OF_DAY -> form != TimeForm.SECONDS;
            case SECONDS -> form == TimeForm.SECONDS;
            case MOMENT -> form.dated();
        };
    }

    private long ofDay(Span file) {
        long moment = Math.floorDiv(file.firstNanos(), TimeForm.DAY_NANOS) * TimeForm.DAY_NANOS + nanos;
        boolean tomorrow = moment < file.firstNanos() && moment + TimeForm.DAY_NANOS <= file.lastNanos();
        return tomorrow ? moment + TimeForm.DAY_NANOS : moment;
    }

    /** What a person should know who would else wonder why nothing comes. */
    static Optional<String> wait(long startNanos, Span file) {
        long nanos = file.firstNanos() - startNanos;
        return nanos > 0
                ? Optional.of("its first row, at " + file.show(file.firstNanos()) + ", is "
                        + TimeForm.SECONDS.show(nanos) + " after --from: that is waited for")
                : Optional.empty();
    }
}
