package org.matgate.gateway.reader;

import org.matgate.gateway.clock.Stamper;
import org.matgate.protocol.stream.Gap;

/**
 * A gap that is still to be told; further ones of the same cause widen it.
 *
 * @param fromNanos its beginning on CLOCK_MONOTONIC; 0 where it began before this boot
 * @param untilNanos its end
 * @param count in the cause's unit
 * @param note what happened first, for a person
 */
record PendingGap(Gap.Cause cause, long fromNanos, long untilNanos, long count, String note) {
    PendingGap merge(PendingGap later) {
        return new PendingGap(
                cause,
                Math.min(fromNanos, later.fromNanos),
                Math.max(untilNanos, later.untilNanos),
                count + later.count,
                note);
    }

    Gap stamped(Stamper stamper) {
        return new Gap(
                cause,
                fromNanos,
                untilNanos,
                stamper.stamp(fromNanos, 1).utcNanos(),
                stamper.stamp(untilNanos, 1).utcNanos(),
                count);
    }

    /** For a person: what, how much, and how it began. */
    String text() {
        return switch (cause) {
            case BYTES_SKIPPED -> count + " bytes that are no frame, first " + note;
            case BAD_FRAME -> count + " damaged frames, first " + note;
            case INTAKE_FULL -> count + " reads dropped, because the journal could not keep up";
            case NOT_LISTENING, READER_OVERFLOW, READER_RESTARTED, UNSPECIFIED -> note;
        };
    }
}
