package org.matgate.protocol.stream;

/**
 * Where a read comes from.
 *
 * @param reader the reader's name, unique on its box
 * @param timingPoint start, a split, finish: as the crew named it
 * @param line which of the two lines of the timing point's mat
 */
public record Source(String reader, String timingPoint, Line line) {
    /** A mat is doubled: the line that runners meet first is the main one. */
    public enum Line {
        MAIN,
        BACKUP
    }
}
