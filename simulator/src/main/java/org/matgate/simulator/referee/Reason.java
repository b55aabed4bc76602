package org.matgate.simulator.referee;

/** Why what a timekeeper would publish of a runner differs from the truth. */
public enum Reason {
    /** The chip is broken. */
    DEAD_CHIP("the chip is dead", true),
    /** No mat there could read it: badly worn, or in a crowd. */
    NOT_SEEN("no mat read it there", true),
    /** All reads of it there were destroyed by faults; each of them is excused by itself. */
    DESTROYED("faults destroyed all reads of it there", true),
    /** Nobody vouches for the time of a read or a gun; whether somebody should is judged by the times. */
    UNSYNCHRONISED("nothing vouches for the time", true),
    /** The read by which it is timed has a wrong time; how many may is judged by the times. */
    TIME("the time of the read is outside its stated uncertainty", true),
    /** The chip came near the mat without crossing it. */
    LINGERED("the chip was near the mat without crossing it", true),
    /** The chip crossed the mat once more, and of its true crossing nothing is held. */
    CAME_AGAIN("the chip crossed the mat once more", true),
    /** The simulator itself was late to let the reader see it. */
    SEEN_LATE("the simulator had no time to let it be seen in time", true),
    /** Reads of it there are lost. */
    LOST("reads of it there are lost", false),
    /** Nothing explains it. */
    UNEXPLAINED("nothing explains it", false);

    private final String text;
    private final boolean excused;

    Reason(String text, boolean excused) {
        this.text = text;
        this.excused = excused;
    }

    /** For a person. */
    public String text() {
        return text;
    }

    /** Whether it is none of the boxes' or the engine's doing. */
    public boolean excused() {
        return excused;
    }
}
