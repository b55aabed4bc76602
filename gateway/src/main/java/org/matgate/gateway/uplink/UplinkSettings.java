package org.matgate.gateway.uplink;

import java.time.Duration;
import org.matgate.protocol.channel.Liveness;

/**
 * Bounds and times of an uplink.
 *
 * @param windowEvents the most events sent and not acknowledged, at least 1; an engine may ask for fewer
 * @param handshake how long an engine may take from the connection to its Welcome or Refuse
 * @param patience how long an engine may take events and acknowledge none before it is dialled anew
 * @param liveness when a silent engine is pinged, and when it is given up
 * @param connectTimeout how long one address may take to answer
 * @param backoffMin the shortest wait before the next try
 * @param backoffMax the longest wait before the next try, while nobody refuses us
 */
record UplinkSettings(
        int windowEvents,
        Duration handshake,
        Duration patience,
        Liveness liveness,
        Duration connectTimeout,
        Duration backoffMin,
        Duration backoffMax) {
    /**
     * 8,192 events: two seconds of four readers at full speed; the times are those of the read stream's contract. An
     * engine that was away is found again within three seconds; a try costs a modem some hundred bytes. A
     * store that needs a minute for one commit is stuck, and the status has said so for half of it.
     */
    static final UplinkSettings DEFAULT = new UplinkSettings(
            8192,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Liveness.DEFAULT,
            Duration.ofSeconds(5),
            Duration.ofMillis(200),
            Duration.ofSeconds(3));

    UplinkSettings {
        if (windowEvents < 1 || backoffMax.compareTo(backoffMin) < 0) {
            throw new IllegalArgumentException("window of " + windowEvents + " events, back-off from " + backoffMin
                    + " to " + backoffMax + "; want at least 1 event and a maximum not below the minimum");
        }
    }
}
