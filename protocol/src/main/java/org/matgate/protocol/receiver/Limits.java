package org.matgate.protocol.receiver;

import java.time.Duration;

/**
 * Bounds on what clients may take.
 *
 * @param handshake from connecting to Hello
 * @param linger how long a refused client may take to read why
 * @param connections at once; further ones are refused as BUSY
 * @param firstMessageBytes of a message before Hello was accepted
 * @param waitingRuns runs of events of one session that wait for the store, before it is no longer read
 * @param waitingEvents the same in events
 */
public record Limits(
        Duration handshake,
        Duration linger,
        int connections,
        int firstMessageBytes,
        int waitingRuns,
        int waitingEvents) {
    /**
     * A Hello of 64 KiB names about two thousand journals. 16,384 events are four of the largest messages, or about 4
     * MiB; with 64 runs a box that sends each commit by itself still fills the time of a slow disk's commit.
     */
    public static final Limits DEFAULT =
            new Limits(Duration.ofSeconds(10), Duration.ofSeconds(1), 256, 64 << 10, 64, 16_384);

    public Limits {
        if (connections < 1 || firstMessageBytes < 1 || waitingRuns < 1 || waitingEvents < 1) {
            throw new IllegalArgumentException("limits below 1: " + connections + " connections, " + firstMessageBytes
                    + " bytes, " + waitingRuns + " runs, " + waitingEvents + " events");
        }
    }
}
