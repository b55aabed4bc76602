package org.matgate.gateway.uplink;

import org.matgate.protocol.stream.JournalId;

/** Hears what an engine tells the box. Called on the event loop: an answer must return at once and not throw. */
public interface UplinkListener {
    /** Does nothing with any of it. */
    UplinkListener NONE = new UplinkListener() {};

    /** The engine wants to find the box: make yourself heard for so many seconds. */
    default void beep(String engine, int seconds) {}

    /** The engine's clock as it sent its Pong, nanoseconds since 1970. */
    default void engineClock(String engine, long utcNanos) {}

    /**
     * The engine holds seqs of this journal that the box has not given yet: it was sent from a disk that has since
     * rolled back, or from a copy. Nothing of this journal goes to that engine; new events need a new journal.
     */
    default void engineAhead(String engine, JournalId journal, long ourLastSeq, long engineLastSeq) {}
}
