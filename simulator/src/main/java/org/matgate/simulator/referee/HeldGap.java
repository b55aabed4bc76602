package org.matgate.simulator.referee;

import org.matgate.protocol.stream.Gap;

/** A gap event that an engine holds: an interval in which reads of one reader may be missing. */
public record HeldGap(String reader, Gap gap) {
    /**
     * How far a moment may lie outside: the reader's end of the cable and the box tell the time of the same byte, each
     * when it was scheduled.
     */
    private static final long EDGE_NANOS = 100_000_000;

    boolean covers(TruthRead read) {
        return read.read().reader().equals(reader)
                && (around(read.sentMonotonicNanos()) || around(read.read().sightedMonotonicNanos()));
    }

    private boolean around(long monotonicNanos) {
        return gap.fromMonotonicNanos() - EDGE_NANOS <= monotonicNanos
                && monotonicNanos <= gap.untilMonotonicNanos() + EDGE_NANOS;
    }
}
