package org.matgate.protocol.receiver;

import java.util.Map;
import org.matgate.protocol.stream.StreamMessage.Reason;

/**
 * What a server has seen since it started.
 *
 * @param openConnections now
 * @param boxes now connected, with their Welcome
 * @param connections accepted
 * @param welcomes sent
 * @param refusals sent, by reason; reasons not met are absent
 * @param nonsense connections that ended because the client sent what is no message, or closed in the middle of one
 * @param silent connections given up because nothing was heard, or no Hello in time
 * @param stored events stored
 * @param duplicates events that came again
 * @param storeCalls that returned
 * @param storeFailures calls to the store that threw
 * @param crowdedOut strangers whose connection was closed without a word, because there were too many
 */
public record Counters(
        int openConnections,
        int boxes,
        long connections,
        long welcomes,
        Map<Reason, Long> refusals,
        long nonsense,
        long silent,
        long stored,
        long duplicates,
        long storeCalls,
        long storeFailures,
        long crowdedOut) {
    public Counters {
        refusals = Map.copyOf(refusals);
    }
}
