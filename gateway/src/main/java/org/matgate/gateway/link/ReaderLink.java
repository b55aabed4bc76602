package org.matgate.gateway.link;

import java.io.IOException;
import java.time.Duration;

/**
 * An open connection to a reader. One thread reads; writing may come from the same thread only. {@link #close} may come
 * from any thread and ends a read in progress.
 */
public interface ReaderLink extends AutoCloseable {
    /**
     * Reads what has arrived, at most {@code buffer.length} bytes, and waits up to {@code waitNanos} for the first.
     *
     * @return how many bytes; 0 if none came in time
     * @throws IOException if the far end hung up, the device vanished or the link was closed; the text says which
     */
    int read(byte[] buffer, long waitNanos) throws IOException;

    /** Sends all these bytes, within a bounded time. */
    void write(byte[] bytes) throws IOException;

    /** How long one byte takes on the wire; 0 where that is of no account (TCP) or not known. */
    long nanosPerByte();

    /** How long a byte may have waited on its way for those that came with it, where {@link #nanosPerByte} is 0 for it. */
    default long gatheredNanos() {
        return 0;
    }

    /** Never throws; closing twice is closing once. */
    @Override
    void close();

    /** Opens links to one reader; its string names the port for a person, such as {@code /dev/ttyUSB0 at 115200}. */
    interface Opener {
        /**
         * Opens the link within a bounded time.
         *
         * @throws IOException if that fails; the text says what was tried and what to do
         */
        ReaderLink open() throws IOException;

        /** How long {@link #open} may take at most where it meets a limit, beyond a round of reading. */
        default Duration longest() {
            return Duration.ZERO;
        }

        /** Opens the same port at another rate; itself where the port has none. */
        default Opener at(int baud) {
            return this;
        }
    }
}
