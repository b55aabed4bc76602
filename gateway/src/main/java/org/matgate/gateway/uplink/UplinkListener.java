package org.matgate.gateway.uplink;

import java.util.OptionalLong;
import org.matgate.protocol.stream.JournalId;

/** Hears what an engine tells the box. Called on the event loop: an answer must return at once and not throw. */
public interface UplinkListener {
    /** Does nothing with any of it. */
    UplinkListener NONE = new UplinkListener() {};

    /** The engine wants to find the box: make yourself heard for so many seconds. */
    default void beep(String engine, int seconds) {}

    /** Now, on the box's CLOCK_MONOTONIC, if the box wants to know an engine's time; asked every few seconds. */
    default OptionalLong engineClockWanted() {
        return OptionalLong.empty();
    }

    /**
     * The engine's time, right after its answer came.
     *
     * @param askedMonotonicNanos what {@link #engineClockWanted} gave when it was asked
     * @param utcNanos the engine's clock as it answered, nanoseconds since 1970
     * @param uncertaintyNanos how wrong that may be; 0 where it does not say
     */
    default void engineClock(String engine, long askedMonotonicNanos, long utcNanos, long uncertaintyNanos) {}

    /**
     * The engine holds seqs of this journal that the box has not given yet: it was sent from a disk that has since
     * rolled back, or from a copy. While it is the current one nothing of it goes to that engine; new events need a new
     * journal.
     */
    default void engineAhead(String engine, JournalId journal, long ourLastSeq, long engineLastSeq) {}
}
