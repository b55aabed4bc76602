package org.matgate.protocol.receiver;

import java.time.Duration;

/**
 * Bounds on what clients may take. A stranger is a connection that was not let in yet.
 *
 * @param handshake from connecting to Hello, TLS included
 * @param linger how long a refused client may take to read why
 * @param connections at once; further ones are refused as BUSY
 * @param firstMessageBytes of a message before Hello was accepted
 * @param waitingRuns runs of events of one session that wait for the store, before it is no longer read
 * @param waitingEvents the same in events
 * @param connectionsOfAddress at once from one address; further ones are refused as BUSY
 * @param strangers at once; for one more, the one that has been longest is closed
 * @param strangersOfAddress at once from one address; further ones are closed
 * @param strangerBytes that a stranger may send, TLS included
 */
public record Limits(
        Duration handshake,
        Duration linger,
        int connections,
        int firstMessageBytes,
        int waitingRuns,
        int waitingEvents,
        int connectionsOfAddress,
        int strangers,
        int strangersOfAddress,
        int strangerBytes) {
    /**
     * A Hello of 64 KiB names about two thousand journals. 16,384 events are four of the largest messages, or about 4
     * MiB; with 64 runs a box that sends each commit by itself still fills the time of a slow disk's commit. All boxes of
     * a race may share one address, behind a modem's, and come back at once.
     */
    public static final Limits DEFAULT = new Limits(
            Duration.ofSeconds(10), Duration.ofSeconds(1), 256, 64 << 10, 64, 16_384, 128, 64, 32, 128 << 10);

    public Limits {
        if (connections < 1 || firstMessageBytes < 1 || waitingRuns < 1 || waitingEvents < 1) {
            throw new IllegalArgumentException("limits below 1: " + connections + " connections, " + firstMessageBytes
                    + " bytes, " + waitingRuns + " runs, " + waitingEvents + " events");
        }
        if (connectionsOfAddress < 1 || strangers < 1 || strangersOfAddress < 1 || strangerBytes < firstMessageBytes) {
            throw new IllegalArgumentException("limits of " + connectionsOfAddress + " connections of an address, "
                    + strangers + " strangers, " + strangersOfAddress + " of an address; want 1 or more; and of "
                    + strangerBytes + " bytes; want no less than the " + firstMessageBytes + " of a first message");
        }
    }
}
