package org.matgate.simulator.replay;

import java.io.IOException;
import java.util.Optional;

/** The reads of a file, one by one. Not thread-safe. */
interface Reads extends AutoCloseable {
    /** The next; empty at the end. What cannot be played is told to {@link Mistakes} and passed over. */
    Optional<RecordedRead> next() throws IOException;

    /** How their times are written; known once there was one. */
    TimeForm form();

    @Override
    void close() throws IOException;
}
