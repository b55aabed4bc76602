package org.matgate.simulator.race;

/** How somebody moves over a course; it decides how high a chip is worn, and how fast a start line is crossed. */
public enum Person {
    RUNNER,
    WALKER,
    WHEELCHAIR
}
