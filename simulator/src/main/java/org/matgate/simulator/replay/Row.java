package org.matgate.simulator.replay;

/** A row of named values. */
@FunctionalInterface
interface Row {
    /** The value of that name; an empty one where there is none. */
    Value value(String name);
}
