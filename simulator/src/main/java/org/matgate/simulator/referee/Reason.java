package org.matgate.simulator.referee;

/** Why what a timekeeper would publish of a runner differs from the truth. */
public enum Reason {
    /** The chip is broken. */
    DEAD_CHIP("the chip is dead", true),
    /** No mat there could read it: badly worn, or in a crowd. */
    NOT_SEEN("no mat read it there", true),
    /** Faults destroyed reads; each of them is excused by itself. */
    DESTROYED("faults destroyed reads of it", true),
    /** Nobody vouches for the time of reads; whether somebody should is judged by the times. */
    UNSYNCHRONISED("nothing vouches for the time", true),
    /** Reads have wrong times; how many may is judged by the times. */
    TIME("the time of a read is outside its stated uncertainty", true),
    /** The times of reads are as uncertain as is stated. */
    UNCERTAIN("the times of its reads are uncertain, as is stated", true),
    /** The chip came near the mat without crossing it. */
    LINGERED("the chip was near the mat without crossing it", true),
    /** The chip crossed the mat once more. */
    CAME_AGAIN("the chip crossed the mat once more", true),
    /** A reader that looked elsewhere saw the chip only later; or the simulator had no time to let it. */
    SEEN_LATE("its reader saw it late", true),
    /** Reads are lost, with which it would be right. */
    LOST("reads of it are lost", false),
    /** Reads are held that nobody sent, or more often than they were sent. */
    INVENTED("reads of it are held that nobody sent", false),
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
