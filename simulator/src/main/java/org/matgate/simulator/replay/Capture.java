package org.matgate.simulator.replay;

import java.io.IOException;
import java.util.Optional;

/** What a reader said, piece by piece. Not thread-safe. */
interface Capture extends AutoCloseable {
    /** The next; empty at the end. What is none is told to {@link Mistakes}. */
    Optional<CapturedBytes> next() throws IOException;

    /** How their times are written; known once there was one. */
    TimeForm form();

    @Override
    void close() throws IOException;
}
