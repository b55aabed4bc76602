package org.matgate.gateway.export;

import java.io.IOException;
import java.util.List;

/**
 * Writes events in a format that some program reads, one after the other and without keeping them. Whoever made it owns
 * what it writes to. Not thread-safe.
 */
public interface Exporter {
    /** Writes what comes before the first event, if anything does. */
    void begin() throws IOException;

    /**
     * Writes the event, or counts it among those that the format cannot tell.
     *
     * @return whether it is written
     * @throws IOException if whoever reads has gone, or the disk is full
     */
    boolean write(Exported event) throws IOException;

    /**
     * What whoever uses the file must know: events that are not in it although a person would look for them there, each
     * with how many and why. Empty if there is nothing.
     */
    List<String> leftOut();

    /** What helps to read the file, such as which number is which reader; empty if it speaks for itself. */
    List<String> notes();
}
