package org.matgate.gateway.clock;

/** What the kernel says of a leap second ({@code adjtimex(2)}). */
public enum Leap {
    NONE,
    /** A second will be inserted at the end of the UTC day. */
    INSERT,
    /** The last second of the UTC day will be left out. */
    DELETE,
    /** The inserted second runs, or a leap second has just been. */
    IN_PROGRESS
}
