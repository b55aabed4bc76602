package org.matgate.gateway.uplink;

import java.util.List;
import java.util.OptionalLong;
import org.matgate.protocol.stream.JournalId;

/**
 * Where the delivery to one engine stands.
 *
 * @param engine the engine's name in the configuration
 * @param connected whether the engine has let us in
 * @param engineSays what the engine calls itself; empty before it first let us in
 * @param journals the current one first; empty until the journal was first read
 * @param failures tries since the last useful session
 * @param sinceAckNanos how long ago the engine last acknowledged something, nanoseconds; empty if it never did
 * @param lastError why the last connection failed or ended; empty if none did
 * @param notice what is odd about the engine or about another box, and what to do; empty if nothing is
 */
public record UplinkStatus(
        String engine,
        boolean connected,
        String engineSays,
        List<Delivery> journals,
        OptionalLong sinceAckNanos,
        int failures,
        String lastError,
        String notice) {
    public UplinkStatus {
        journals = List.copyOf(journals);
    }

    /** Where nothing is odd. */
    public UplinkStatus(
            String engine,
            boolean connected,
            String engineSays,
            List<Delivery> journals,
            OptionalLong sinceAckNanos,
            int failures,
            String lastError) {
        this(engine, connected, engineSays, journals, sinceAckNanos, failures, lastError, "");
    }

    UplinkStatus at(OptionalLong nowSinceAckNanos) {
        return new UplinkStatus(engine, connected, engineSays, journals, nowSinceAckNanos, failures, lastError, notice);
    }

    /** Events that the engine lacks and that are not under way. */
    public long lacking() {
        return journals.stream().mapToLong(Delivery::lacking).sum();
    }

    /** Events sent and not acknowledged. */
    public long inFlight() {
        return journals.stream().mapToLong(Delivery::inFlight).sum();
    }

    /**
     * One journal. Counts are of events between the journal's first and last seq.
     *
     * @param lastSeq the last committed seq that this uplink heard of, 0 while empty
     * @param acknowledged what the engine holds
     * @param waived what the engine does not want
     * @param lacking what is still to be sent
     * @param inFlight what was sent and is not acknowledged
     * @param undeliverable what is not on disk any more, or fits no message
     * @param engineAhead whether the engine holds seqs beyond our last
     * @param withheld whether nothing of it is sent, as its numbers may name other events at the engine
     */
    public record Delivery(
            JournalId journal,
            long lastSeq,
            long acknowledged,
            long waived,
            long lacking,
            long inFlight,
            long undeliverable,
            boolean engineAhead,
            boolean withheld) {}
}
