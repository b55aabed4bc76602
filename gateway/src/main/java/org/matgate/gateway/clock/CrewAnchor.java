package org.matgate.gateway.clock;

import java.util.List;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.Stamp;

/**
 * The crew says when a moment of a boot was, such as the gun by the referee's watch.
 *
 * @param monotonicNanos the moment, on that boot's CLOCK_MONOTONIC
 * @param utcNanos when that was, nanoseconds since 1970
 * @param withinNanos how wrong that may be, more than 0
 * @param who says so, for a person
 */
public record CrewAnchor(long monotonicNanos, long utcNanos, long withinNanos, String who) {
    /** A quartz of 100 ppm, and a time daemon that corrects it by what it once learned of another temperature. */
    private static final long GROWTH_PPB = 150_000;

    /** The longest that a person's word may be off and still be of use. */
    public static final long MOST_WITHIN_NANOS = 86_400_000_000_000L;

    public CrewAnchor {
        if (withinNanos <= 0 || withinNanos > MOST_WITHIN_NANOS) {
            throw new IllegalArgumentException("within " + withinNanos + " ns; want more than 0, at most a day");
        }
    }

    /**
     * For a boot that is over, or the present one.
     *
     * @param known what has been told of that boot
     * @param told the boot that is meant, and the moment of this piece
     */
    public ClockState piece(List<ClockState> known, Stamp told) {
        long edition = known.stream().mapToLong(ClockState::edition).max().orElse(0) + 1;
        long raw = known.stream()
                .min((one, other) -> Long.compare(distance(one), distance(other)))
                .map(near -> near.anchorRawNanos() + (monotonicNanos - near.anchorMonotonicNanos()))
                .orElse(monotonicNanos);
        return piece(told, edition, raw);
    }

    ClockState piece(Stamp told, long edition, long rawNanos) {
        return new ClockState(
                told,
                edition,
                0,
                0,
                monotonicNanos,
                rawNanos,
                utcNanos,
                0,
                withinNanos,
                GROWTH_PPB,
                ClockSource.CREW,
                who);
    }

    private long distance(ClockState piece) {
        return Math.abs(piece.anchorMonotonicNanos() - monotonicNanos);
    }
}
