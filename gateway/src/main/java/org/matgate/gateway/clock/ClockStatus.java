package org.matgate.gateway.clock;

import java.util.List;
import java.util.OptionalLong;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Event.ClockState;

/**
 * How the box's clock stands, for people. Immutable.
 *
 * @param source who vouches for it
 * @param synchronised whether a time daemon steers it now
 * @param note what is to be known besides; may be empty
 * @param leap what the kernel announces
 * @param lastStepMonotonicNanos when UTC was last stepped in this process, if it was, on CLOCK_MONOTONIC
 * @param lastStep what was said of that step; empty if there was none
 */
public record ClockStatus(
        ClockSource source,
        boolean synchronised,
        String note,
        Leap leap,
        OptionalLong lastStepMonotonicNanos,
        String lastStep) {
    static final ClockStatus NONE = new ClockStatus(ClockSource.NONE, false, "", Leap.NONE, OptionalLong.empty(), "");

    ClockStatus with(Belief belief, Vouched now, List<ClockState> pieces) {
        OptionalLong stepped = lastStepMonotonicNanos;
        String step = lastStep;
        for (ClockState piece : pieces) {
            if (piece.reason().startsWith("stepped") || piece.reason().startsWith(Leaps.REASON)) {
                stepped = OptionalLong.of(piece.fromMonotonicNanos());
                step = piece.reason();
            }
        }
        return new ClockStatus(
                belief.source(),
                belief.synchronised(),
                belief.note(),
                now.clocks().discipline().leap(),
                stepped,
                step);
    }
}
