package org.matgate.simulator.replay;

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
        MOMENT
    }

    /**
     * What a person writes: {@code +120} seconds after the first row, {@code 07:31:00}, or a moment with its date.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    public static From parse(String text) {
        try {
            if (text.startsWith("+")) {
                long after = Times.single(text.substring(1));
                if (after < 0 || Times.ofDay(text.substring(1)) || text.contains("T")) {
                    throw new IllegalArgumentException("not seconds");
                }
                return new From(Kind.AFTER_FIRST, after);
            }
            return new From(Times.ofDay(text) ? Kind.TIME_OF_DAY : Kind.MOMENT, Times.single(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "from '" + text + "': want such as 07:31:00, 2026-02-15T07:31:00Z or +120 (seconds)", e);
        }
    }

    /**
     * The moment in a file whose rows are of these times. A time of day is that of the first row's day (in UTC, or as
     * the file has it), or if the file begins later, of the next day.
     *
     * @throws IllegalArgumentException if the file ends before
     */
    long in(long firstNanos, long lastNanos) {
        long start = switch (kind) {
            case AFTER_FIRST -> firstNanos + nanos;
            case TIME_OF_DAY -> ofDay(firstNanos);
            case MOMENT -> nanos;
        };
        if (start > lastNanos) {
            throw new IllegalArgumentException("there is nothing from " + Times.show(start) + " on: it goes from "
                    + Times.show(firstNanos) + " to " + Times.show(lastNanos));
        }
        // Where that is long before, nobody wants to wait for it.
        return Math.max(start, firstNanos);
    }

    private long ofDay(long firstNanos) {
        long moment = Math.floorDiv(firstNanos, Times.DAY_NANOS) * Times.DAY_NANOS + nanos;
        return moment < firstNanos ? moment + Times.DAY_NANOS : moment;
    }
}
