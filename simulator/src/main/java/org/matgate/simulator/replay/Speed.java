package org.matgate.simulator.replay;

/**
 * How fast what was recorded is played.
 *
 * @param factor 1 as their own times say, 2 twice as fast; infinite as fast as the link takes them
 */
public record Speed(double factor) {
    /** As fast as the link takes them. */
    public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

    /** An hour then takes six weeks. */
    private static final double SLOWEST = 0.001;

    /** Longer than anybody waits, and still to be added to any clock's time. */
    private static final long LONGEST_NANOS = Long.MAX_VALUE / 4;

    public Speed {
        if (!(factor >= SLOWEST)) {
            throw new IllegalArgumentException("speed " + factor + "; want " + SLOWEST + " or more, or max");
        }
    }

    /**
     * What a person writes: a number, or {@code max} or 0 for as fast as the link takes it.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Speed parse(String text) {
        if (text.equals("max")) {
            return MAX;
        }
        try {
            double factor = Double.parseDouble(text);
            return factor == 0 ? MAX : new Speed(factor);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("speed '" + text + "'; want a number more than 0, or max (or 0)", e);
        }
    }

    /** How long after the first row one is due whose own time is so much later. */
    long dueNanos(long laterNanos) {
        return Math.clamp(Math.round(laterNanos / factor), -LONGEST_NANOS, LONGEST_NANOS);
    }
}
