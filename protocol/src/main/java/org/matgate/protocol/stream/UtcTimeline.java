package org.matgate.protocol.stream;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Event.ClockState;

/**
 * Tells what UTC any moment of any boot was, by all the pieces of the map that are known so far. Add every
 * {@link ClockState} that comes, in any order and as often as it comes; then what a box believed when it took an event is
 * {@linkplain #restate restated}, as often as one likes: it gets better as pieces come.
 *
 * <p>It keeps what no piece of a higher edition covers: some 200 bytes a piece, a few pieces an hour from a box in good
 * order. Nothing bounds what a box may send: an engine that does not trust its boxes keeps one timeline for each, and
 * asks no more of it once there are too many pieces.
 *
 * <p>Not thread-safe.
 */
public final class UtcTimeline {
    private final Map<UUID, Boot> boots = new HashMap<>();

    /**
     * Takes a piece.
     *
     * @return whether it restates anything: false where it was known, or pieces of a higher edition cover all of it
     */
    public boolean add(ClockState piece) {
        return boots.computeIfAbsent(piece.stamp().bootId(), boot -> new Boot()).add(piece);
    }

    /**
     * The stamp with the UTC and the uncertainty that are known by now. What is measured stays. A moment that no piece
     * covers keeps what was believed of it.
     */
    public Stamp restate(Stamp stamp) {
        @Nullable ClockState piece = pieceAt(stamp);
        if (piece == null) {
            return stamp;
        }
        long sinceAnchor = stamp.monotonicNanos() - piece.anchorMonotonicNanos();
        long utc = piece.anchorUtcNanos() + sinceAnchor + perBillion(sinceAnchor, piece.ratePpb());
        return new Stamp(
                stamp.bootId(),
                stamp.monotonicNanos(),
                utc,
                uncertainty(piece, sinceAnchor, stamp.momentUncertaintyNanos()),
                stamp.momentUncertaintyNanos());
    }

    /** Who vouches for the UTC of a moment; {@link ClockSource#NONE} also where no piece covers it. */
    public ClockSource source(Stamp stamp) {
        @Nullable ClockState piece = pieceAt(stamp);
        return piece == null ? ClockSource.NONE : piece.source();
    }

    private @Nullable ClockState pieceAt(Stamp stamp) {
        @Nullable Boot boot = boots.get(stamp.bootId());
        return boot == null ? null : boot.pieceAt(stamp.monotonicNanos());
    }

    private static long uncertainty(ClockState piece, long sinceAnchor, long moment) {
        if (piece.uncertaintyNanos() == Stamp.UNSYNCHRONISED || piece.source() == ClockSource.NONE) {
            return Stamp.UNSYNCHRONISED;
        }
        double sum = (double) piece.uncertaintyNanos()
                + Math.abs((double) sinceAnchor) * Math.max(0, piece.uncertaintyGrowthPpb()) / 1e9
                + moment;
        return sum < Stamp.UNSYNCHRONISED ? Math.max(1, (long) Math.ceil(sum)) : Stamp.UNSYNCHRONISED;
    }

    /** Exact to a nanosecond over any race; a long would overflow after some hours at the rate of a bad quartz. */
    private static long perBillion(long nanos, long ppb) {
        return Math.round((double) nanos * ppb / 1e9);
    }

    /** The pieces of one boot, cut so that no two overlap: of each only what no other covers. */
    private static final class Boot {
        /** Pieces of one edition are not sent; should they be, all engines are to come to the same. */
        private static final Comparator<ClockState> RANK = Comparator.comparingLong(ClockState::edition)
                .thenComparingLong(ClockState::fromMonotonicNanos)
                .thenComparing(ClockState::toString);

        /** By where each begins. */
        private final TreeMap<Long, Part> parts = new TreeMap<>();

        private record Part(long until, ClockState piece) {}

        /** Looks once at each part within the piece, in whatever order pieces come. */
        boolean add(ClockState piece) {
            long from = piece.fromMonotonicNanos();
            long until = piece.untilMonotonicNanos() == 0 ? Long.MAX_VALUE : piece.untilMonotonicNanos();
            if (from >= until) {
                return false;
            }
            cut(from);
            cut(until);
            Map<Long, Part> gained = new HashMap<>();
            long at = from;
            for (var within = parts.subMap(from, until).entrySet().iterator(); within.hasNext(); ) {
                Map.Entry<Long, Part> part = within.next();
                if (RANK.compare(part.getValue().piece(), piece) < 0) {
                    within.remove();
                } else {
                    if (at < part.getKey()) {
                        gained.put(at, new Part(part.getKey(), piece));
                    }
                    at = part.getValue().until();
                }
            }
            if (at < until) {
                gained.put(at, new Part(until, piece));
            }
            parts.putAll(gained);
            return !gained.isEmpty();
        }

        /** Makes two parts of one that begins before and ends after this moment. */
        private void cut(long at) {
            Map.@Nullable Entry<Long, Part> before = parts.lowerEntry(at);
            if (before != null && before.getValue().until() > at) {
                parts.put(before.getKey(), new Part(at, before.getValue().piece()));
                parts.put(at, before.getValue());
            }
        }

        @Nullable ClockState pieceAt(long monotonicNanos) {
            Map.@Nullable Entry<Long, Part> part = parts.floorEntry(monotonicNanos);
            return part == null || part.getValue().until() <= monotonicNanos
                    ? null
                    : part.getValue().piece();
        }
    }
}
