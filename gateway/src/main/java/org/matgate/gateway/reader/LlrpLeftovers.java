package org.matgate.gateway.reader;

import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What another client's order left in a reader that was told to hold it, and what comes first when it lets go. Chips were
 * seen over this mat all the same, and are read like any others where it is told when. Where it is not, nobody can know:
 * they may be of yesterday. Orders of ours have every sighting tell its time, so the first that does ends it. Moments are
 * on CLOCK_MONOTONIC, in nanoseconds. Not thread-safe.
 */
final class LlrpLeftovers {
    private static final Logger LOG = LoggerFactory.getLogger(LlrpLeftovers.class);

    /** For so long; a reader that never tells times is to be read all the same. */
    private static final long LONGEST_NANOS = 5_000_000_000L;

    private boolean coming;
    private long releasedNanos;

    /** A new connection. */
    void clear() {
        coming = false;
    }

    /** A reader that does not read for us is told to let go what it holds. */
    void released(long nowNanos) {
        coming = true;
        releasedNanos = nowNanos;
    }

    /** Whether this is of another client's order, from nobody knows when. */
    boolean has(TagReport report, long nowNanos) {
        coming &= report.time().base() == ReaderTime.Base.NONE && nowNanos - releasedNanos < LONGEST_NANOS;
        if (coming) {
            LOG.debug("left out, as another client's order did not have it tell when: {}", report);
        }
        return coming;
    }
}
