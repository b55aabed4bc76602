package org.matgate.protocol.stream;

/**
 * An event as its journal holds it.
 *
 * @param seq 1, 2, 3, … without a gap within its journal
 */
public record Entry(long seq, Event event) {
    public Entry {
        if (seq < 1) {
            throw new IllegalArgumentException("seq " + seq + "; want at least 1");
        }
    }
}
