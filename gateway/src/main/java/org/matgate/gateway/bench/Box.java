package org.matgate.gateway.bench;

import java.io.IOException;
import java.time.Duration;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.journal.Journal;

/** A running service, seen from where events go in. */
public interface Box extends AutoCloseable {
    /** Starts one. */
    @FunctionalInterface
    interface Starter {
        /**
         * Starts it.
         *
         * @throws IOException if it cannot start; the text says why and what to do
         */
        Box start(Config config) throws IOException;
    }

    Journal journal();

    /** How many committed events the engine that lags most did not acknowledge, some milliseconds ago. */
    long behind();

    /**
     * Waits until all engines hold everything that is committed now.
     *
     * @return false if the time ran out
     */
    boolean awaitDelivered(Duration timeout) throws InterruptedException;

    /** Stops it in order. */
    @Override
    void close();
}
