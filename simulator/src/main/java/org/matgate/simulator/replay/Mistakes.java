package org.matgate.simulator.replay;

/** Hears of rows of a file that cannot be played. */
@FunctionalInterface
interface Mistakes {
    /** Told of already. */
    Mistakes KNOWN = (place, what) -> {};

    /**
     * A row that cannot be played.
     *
     * @param what what is wrong, and what would be right
     */
    void add(Place place, String what);
}
