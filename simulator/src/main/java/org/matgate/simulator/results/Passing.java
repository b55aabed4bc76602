package org.matgate.simulator.results;

import org.matgate.protocol.stream.Source.Line;

/**
 * A chip was carried past a timing point.
 *
 * @param read the one by which it is timed
 * @param atNanos its moment on the race clock
 * @param reads how many there are of it
 */
public record Passing(String timingPoint, TimedRead read, long atNanos, int reads) {
    /** What is taken to be run between the main line and the backup line, 1 m behind it. */
    public static final long BACKUP_NANOS = 400_000_000;

    /** Whether only the backup line saw it. */
    public boolean onlyBackup() {
        return read.line() == Line.BACKUP;
    }
}
