package org.matgate.simulator.replay;

/** Hears of rows of a file that cannot be played. */
@FunctionalInterface
interface Mistakes {
    /** Told of already. */
    Mistakes KNOWN = (line, what) -> {};

    /**
     * A row that cannot be played.
     *
     * @param line where it is, from 1
     * @param what what is wrong, and what would be right
     */
    void add(int line, String what);
}
