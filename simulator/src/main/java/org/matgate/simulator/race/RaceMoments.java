package org.matgate.simulator.race;

import java.util.OptionalLong;

/**
 * How moments of a race are written in its file: as seconds on the race clock, as hours on it, or as times of day where
 * it is known at which of them it starts. Not thread-safe.
 */
final class RaceMoments {
    private OptionalLong zeroNanos = OptionalLong.empty();
    private boolean doubtful;

    /** Texts are times of day from now on; the race clock is at 0 at this one, nanoseconds after midnight. */
    void startsAt(long nanosOfDay) {
        zeroNanos = OptionalLong.of(nanosOfDay);
    }

    /** What texts mean is not known, as what says it is wrong. */
    void doubt() {
        doubtful = true;
    }

    /** Whether nobody knows what a text means. */
    boolean doubtful() {
        return doubtful;
    }

    /** What a text means, nanoseconds after the race clock's start; empty if it is no moment. */
    OptionalLong nanos(String text) {
        OptionalLong told = Hours.nanos(text);
        if (told.isEmpty() || zeroNanos.isEmpty()) {
            return told;
        }
        long sinceZero = told.getAsLong() - zeroNanos.getAsLong();
        return OptionalLong.of(sinceZero < 0 ? sinceZero + Hours.DAY_NANOS : sinceZero);
    }

    /** What a text may be, for who wrote none. */
    String example() {
        return zeroNanos.isPresent()
                ? "or a time of day such as \"" + Hours.text(zeroNanos.getAsLong()) + '"'
                : "or \"H:MM:SS\" such as \"0:00:10\"";
    }

    /**
     * What would be right where a moment lies beyond the race's end.
     *
     * @param what is to come in time
     * @param text whether the moment was a text
     */
    String upToEnd(String what, boolean text, long endNanos) {
        if (!text) {
            return what + " up to the end of the race, " + endNanos / 1e9 + " s on the race clock";
        }
        if (zeroNanos.isEmpty()) {
            return what + " up to the end of the race, \"" + Hours.text(endNanos)
                    + "\" on the race clock; a time of day wants 'clock_zero' in [race]";
        }
        long end = zeroNanos.getAsLong() + endNanos;
        long days = end / Hours.DAY_NANOS;
        return what + " from \"" + Hours.text(zeroNanos.getAsLong()) + "\" ('clock_zero') to \""
                + Hours.text(end % Hours.DAY_NANOS) + '"'
                + (days == 0 ? "" : days == 1 ? " on the next day" : " " + days + " days later")
                + ", the end of the race";
    }
}
