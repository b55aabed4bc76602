package org.matgate.gateway.clock;

import java.time.Instant;
import java.util.List;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.Stamp;

/**
 * The crew says when a moment of a boot was, such as the gun by the referee's watch.
 *
 * @param monotonicNanos the moment, on that boot's CLOCK_MONOTONIC, at least 0
 * @param utcNanos when that was, nanoseconds since 1970, from 2020 to 2199
 * @param withinNanos how wrong that may be, more than 0
 * @param who says so, for a person
 */
public record CrewAnchor(long monotonicNanos, long utcNanos, long withinNanos, String who) {
    /** A quartz of 100 ppm, and a time daemon that corrects it by what it once learned of another temperature. */
    private static final long GROWTH_PPB = 150_000;

    /** Whose word the crew's holds against, whatever they say how well they know. */
    public enum Against {
        NOBODY,
        ENGINES,
        /** Also a clock that is synchronised, or was. */
        ALL
    }

    /** The longest that a person's word may be off and still be of use. */
    public static final long MOST_WITHIN_NANOS = 86_400_000_000_000L;

    /** No boot is longer: a hundred years. */
    private static final long LONGEST_BOOT_NANOS = 100 * 365 * MOST_WITHIN_NANOS;

    public CrewAnchor {
        if (monotonicNanos < 0 || monotonicNanos > LONGEST_BOOT_NANOS) {
            throw new IllegalArgumentException(
                    "the moment " + monotonicNanos + " ns after the boot; want 0 or more, at most a hundred years");
        }
        if (!Era.contains(utcNanos)) {
            throw new IllegalArgumentException("the time " + Instant.EPOCH.plusNanos(utcNanos)
                    + "; want one from 2020 to 2199, is the year right?");
        }
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
        return piece(told, edition, 0, raw);
    }

    ClockState piece(Stamp told, long edition, long fromMonotonicNanos, long rawNanos) {
        return new ClockState(
                told,
                edition,
                fromMonotonicNanos,
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
