package org.matgate.protocol.stream;

/**
 * An event as its journal holds it.
 *
 * @param seq 1, 2, 3, … without a gap within its journal
 */
public record Entry(long seq, Event event) {
    public Entry {
        if (seq < 1 || seq > SeqRanges.MAX_SEQ) {
            throw new IllegalArgumentException("seq " + seq + "; want 1 to " + SeqRanges.MAX_SEQ);
        }
    }
}
