package org.matgate.simulator.replay;

/**
 * How fast captured lines are played.
 *
 * @param factor 1 as their own times say, 2 twice as fast; infinite as fast as the link takes them
 */
public record Speed(double factor) {
    /** As fast as the link takes them. */
    public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

    public Speed {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("speed " + factor + "; want more than 0");
        }
    }

    /**
     * What a person writes: a number, or {@code max}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Speed parse(String text) {
        if (text.equals("max")) {
            return MAX;
        }
        try {
            return new Speed(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("speed '" + text + "'; want a number more than 0, or max", e);
        }
    }

    /** How long after the first line one is due whose own time is so much later. */
    long dueNanos(long laterNanos) {
        return Math.round(laterNanos / factor);
    }
}
