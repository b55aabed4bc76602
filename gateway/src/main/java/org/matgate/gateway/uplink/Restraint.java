package org.matgate.gateway.uplink;

import java.time.Duration;

/**
 * How the past lets live events through where neither line nor engine takes long, so that what both ends work on is what
 * everything waits for: then, while live events flow, one page of it is under way at a time, and the next is begun after a
 * rest as long as that one took. On slower lines {@link Pace} is enough. Not thread-safe; {@code now} is any monotonic time
 * in nanoseconds.
 */
final class Restraint {
    /** A page that takes longer than this has a line to fill. */
    static final long QUICK_NANOS = Duration.ofMillis(20).toNanos();

    /** So long after the last live event another is reckoned with. */
    static final long LIVE_NANOS = Duration.ofSeconds(1).toNanos();

    private boolean liveFlows;
    private long liveNanos;
    private long sentNanos;
    private long tookNanos;
    private long idleSinceNanos;
    private boolean underWay;

    /** A live event is sent. */
    void liveSent(long now) {
        liveFlows = true;
        liveNanos = now;
    }

    /** Events of the past are sent. */
    void pastSent(long now) {
        if (!underWay) {
            underWay = true;
            sentNanos = now;
        }
    }

    /** None of the past is under way any more. */
    void pastOver(long now) {
        if (underWay) {
            underWay = false;
            tookNanos = now - sentNanos;
            idleSinceNanos = now;
        }
    }

    /** Whether the past that is under way is to arrive before more is sent. */
    boolean holdsBack(long now) {
        return underWay && flows(now) && now - sentNanos <= QUICK_NANOS;
    }

    /** How long the past is to rest before its next page, nanoseconds; 0 while it is under way. */
    long restNanos(long now) {
        if (underWay || !flows(now) || tookNanos > QUICK_NANOS) {
            return 0;
        }
        return Math.max(0, tookNanos - (now - idleSinceNanos));
    }

    private boolean flows(long now) {
        return liveFlows && now - liveNanos <= LIVE_NANOS;
    }
}
