package org.matgate.simulator.replay;

import java.nio.file.Path;

/**
 * Where something stands in a file.
 *
 * @param line from 1
 * @param column in characters, from 1
 */
record Place(int line, int column) {
    /** A line by itself. */
    static Place line(int line) {
        return new Place(line, 1);
    }

    /** As editors and compilers say it. */
    String in(Path file) {
        return file + ":" + line + ":" + column;
    }
}
