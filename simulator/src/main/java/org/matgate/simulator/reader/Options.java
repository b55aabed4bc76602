package org.matgate.simulator.reader;

/** Checks of what the mats are told to be. */
final class Options {
    private Options() {}

    static void check(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " " + value + "; want " + min + " to " + max);
        }
    }
}
