package org.matgate.gateway.uplink;

import java.time.Duration;
import org.matgate.protocol.stream.JournalId;
import org.matgate.protocol.stream.SeqRanges;
import org.matgate.protocol.stream.StreamMessage;

/** What an {@link UplinkSession} wants done. */
sealed interface UplinkAction {
    /** Send this, in the order given. */
    record Send(StreamMessage message) implements UplinkAction {}

    /**
     * Read these entries from disk and hand them to {@link UplinkSession#pageRead}, or say {@link
     * UplinkSession#pageFailed}. There is never a second one before that.
     *
     * @param restNanos how long to wait before it is read
     */
    record ReadPage(JournalId journal, long firstSeq, long lastSeq, long restNanos) implements UplinkAction {
        /** To be read at once. */
        ReadPage(JournalId journal, long firstSeq, long lastSeq) {
            this(journal, firstSeq, lastSeq, 0);
        }

        int size() {
            return Math.toIntExact(lastSeq - firstSeq + 1);
        }
    }

    /** Close the connection. */
    record Close(String reason, Retry retry) implements UplinkAction {}

    /** The engine let us in: events flow from here on. {@code lacking} is how many it still wants of what is there. */
    record Welcomed(String engine, int windowEvents, long lacking) implements UplinkAction {}

    /** Make the box heard. */
    record Beep(int seconds) implements UplinkAction {}

    /** The engine's answer to a Ping: its clock as it sent it, nanoseconds since 1970, and how wrong that may be. */
    record EngineClock(long pingId, long utcNanos, long uncertaintyNanos) implements UplinkAction {}

    /**
     * The engine holds seqs that this journal has not given.
     *
     * @param withheld whether nothing of it is sent, as its numbers may name other events at the engine
     */
    record EngineAhead(JournalId journal, long ourLastSeq, long engineLastSeq, boolean withheld)
            implements UplinkAction {}

    /** The engine acknowledged these, and does not hold them any more. They are sent again. */
    record Forgotten(JournalId journal, SeqRanges seqs) implements UplinkAction {}

    /** The engine holds these, and this box, which committed them, never sent them: another one did. */
    record Foreign(JournalId journal, SeqRanges seqs, boolean current, long ourLastSeq) implements UplinkAction {}

    /** Another connection with this box's journals took over, so many times by now. */
    record Superseded(long times, String text) implements UplinkAction {}

    /** Committed events that cannot be delivered, and why; the others go on. */
    record Undeliverable(JournalId journal, SeqRanges seqs, String why) implements UplinkAction {}

    /** When to try again. */
    sealed interface Retry {
        /** As after any lost connection: soon, and less soon each time. */
        record BackOff() implements Retry {}

        /** The engine answered and told us to wait. */
        record After(Duration delay) implements Retry {}

        /** At once: we closed to greet anew. */
        record AtOnce() implements Retry {}
    }
}
