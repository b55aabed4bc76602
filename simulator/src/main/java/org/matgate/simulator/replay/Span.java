package org.matgate.simulator.replay;

/**
 * The times of a file.
 *
 * @param form how they are written there
 * @param firstNanos of the first row
 * @param lastNanos of the last
 */
record Span(TimeForm form, long firstNanos, long lastNanos) {
    String show(long nanos) {
        return form.show(nanos);
    }

    @Override
    public String toString() {
        return "from " + show(firstNanos) + " to " + show(lastNanos);
    }
}
