package org.matgate.simulator.referee;

/**
 * How fast a race was, seconds of the race a second.
 *
 * @param asked at most; 1: real time
 * @param reached as a whole; 0: not known
 */
public record RaceSpeed(double asked, double reached) {
    /** Of no race. */
    static final RaceSpeed NONE = new RaceSpeed(1, 0);

    /** Whether it was to be faster than real time, so that no line was paced. */
    public boolean hurried() {
        return asked > 1;
    }
}
