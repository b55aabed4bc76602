package org.matgate.gateway.reader;

import org.matgate.protocol.reader.ReaderMessage;

/**
 * The logic of one reader's session: what to say to it, and what its messages mean. It does no I/O and reads no clock:
 * what happens is told to it with its moment on CLOCK_MONOTONIC, and it answers by calls to its {@link SessionOutput},
 * made within the same call. It serves one link after the other. A session that throws is replaced by a new one.
 *
 * <p>Not thread-safe.
 */
interface ReaderSession {
    /** A new link to the reader, about which nothing is known: it may be streaming already. */
    void opened(long nowNanos);

    /** The reader said this. */
    void message(ReaderMessage message, Arrival arrival);

    /** Bytes were damaged: messages may be missing. */
    void damaged(long nowNanos);

    /** Time goes by: told at least every 100 ms while a link is open. */
    void tick(long nowNanos);

    /** We want to end: the session says what is left to say, and then {@link SessionOutput#ended}. */
    void stop(long nowNanos);

    /** The link is gone. */
    void closed(long nowNanos);
}
