package org.matgate.simulator.race;

import java.util.SplittableRandom;

/** Random numbers of their own for everything that is drawn, so that one thing more or less changes nothing else. */
final class Seeds {
    private Seeds() {}

    /**
     * The same for the same seed, name and number, and like no other.
     *
     * @param what is drawn
     */
    static SplittableRandom random(long seed, String what, long number) {
        return new SplittableRandom(mixed(mixed(seed) + what.hashCode()) + mixed(number));
    }

    /** David Stafford's 13th variant of MurmurHash3's last step: every bit of the number changes half of the result's. */
    private static long mixed(long number) {
        long z = number + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
