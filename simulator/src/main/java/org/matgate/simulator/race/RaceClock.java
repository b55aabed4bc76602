package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The race clock on this machine's CLOCK_MONOTONIC: a line of pieces, each with a rate of its own. What is known of it is
 * never changed; it is only continued, a little ahead of now. What lies beyond is not known yet: race time gets no
 * further than that, and no later moment of the race has its place on CLOCK_MONOTONIC. Thread-safe.
 */
public final class RaceClock {
    /** What a place on CLOCK_MONOTONIC that is not known yet is given as. */
    public static final long NOT_YET = Long.MAX_VALUE;

    private volatile Known known;

    /**
     * From a moment on.
     *
     * @param raceNanos where it begins, nanoseconds after the race clock's start
     * @param monotonicNanos the same moment on CLOCK_MONOTONIC
     * @param rate seconds of the race a second, 0 and more; at 0 the race stands still
     */
    public record Piece(long raceNanos, long monotonicNanos, double rate) {
        public Piece {
            if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("rate " + rate + "; want 0 or more");
            }
        }

        private long raceAt(long monotonic) {
            return raceNanos + Math.round((monotonic - monotonicNanos) * rate);
        }

        /** The first moment at which it is as late as that. */
        private long monotonicAt(long race) {
            return monotonicNanos + (long) Math.ceil((race - raceNanos) / rate);
        }
    }

    /** @param untilNanos how far the last piece is known, CLOCK_MONOTONIC */
    private record Known(List<Piece> pieces, long untilNanos) {
        Known {
            pieces = List.copyOf(pieces);
        }

        Piece last() {
            return pieces.getLast();
        }

        /** The last piece for which that holds, as it does for all before; the first one if it holds for none. */
        Piece lastWhere(Predicate<Piece> holds) {
            int low = 0;
            int high = pieces.size() - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (holds.test(pieces.get(middle))) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return pieces.get(low);
        }
    }

    private RaceClock(List<Piece> pieces, long knownUntilNanos) {
        if (pieces.isEmpty()) {
            throw new IllegalArgumentException("a race clock without pieces");
        }
        for (int i = 1; i < pieces.size(); i++) {
            Piece before = pieces.get(i - 1);
            Piece piece = pieces.get(i);
            if (piece.monotonicNanos() <= before.monotonicNanos() || piece.raceNanos() < before.raceNanos()) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT, "piece %d of the race clock, %s, is not behind %s", i, piece, before));
            }
        }
        this.known = new Known(pieces, knownUntilNanos);
    }

    /** A second of the race is a second, all along. */
    public static RaceClock realTime(long startMonotonicNanos) {
        return of(List.of(new Piece(0, startMonotonicNanos, 1)));
    }

    /** The race starts at this moment; how it goes on is not known yet. */
    public static RaceClock starting(long startMonotonicNanos) {
        return new RaceClock(List.of(new Piece(0, startMonotonicNanos, 0)), startMonotonicNanos);
    }

    /**
     * A clock of which all is known; the last piece goes on for ever.
     *
     * @throws IllegalArgumentException if there are none, or one is not behind the one before it
     */
    public static RaceClock of(List<Piece> pieces) {
        return new RaceClock(pieces, Long.MAX_VALUE);
    }

    /**
     * Tells how it goes on, from where it is known until now.
     *
     * @param untilMonotonicNanos what is not behind what is known already changes nothing
     */
    public synchronized void goOn(long untilMonotonicNanos, double rate) {
        Known before = known;
        if (untilMonotonicNanos <= before.untilNanos()) {
            return;
        }
        if (before.last().rate() == rate) {
            known = new Known(before.pieces(), untilMonotonicNanos);
            return;
        }
        List<Piece> pieces = new ArrayList<>(before.pieces());
        Piece next = new Piece(before.last().raceAt(before.untilNanos()), before.untilNanos(), rate);
        if (before.last().monotonicNanos() == next.monotonicNanos()) {
            pieces.removeLast();
        }
        pieces.add(next);
        known = new Known(pieces, untilMonotonicNanos);
    }

    /** How far it is known, CLOCK_MONOTONIC. */
    public long knownUntilNanos() {
        return known.untilNanos();
    }

    /**
     * The race clock at a moment of CLOCK_MONOTONIC, nanoseconds after its start. Before the start it goes back with the
     * first piece's rate; where it is not known yet it is as far as it is known.
     */
    public long raceNanos(long monotonicNanos) {
        Known now = known;
        long moment = Math.min(monotonicNanos, now.untilNanos());
        return now.lastWhere(piece -> piece.monotonicNanos() <= moment).raceAt(moment);
    }

    /**
     * The first moment of CLOCK_MONOTONIC at which the race clock shows this, or {@link #NOT_YET}. What it shows while it
     * stands still is the moment at which it came to stand.
     */
    public long monotonicNanos(long raceNanos) {
        Known now = known;
        Piece holding = now.lastWhere(piece -> piece.raceNanos() < raceNanos);
        if (raceNanos == holding.raceNanos()) {
            return holding.monotonicNanos();
        }
        if (holding.rate() == 0) {
            return NOT_YET;
        }
        long moment = holding.monotonicAt(raceNanos);
        return moment > now.untilNanos() ? NOT_YET : moment;
    }

    /** All pieces so far. */
    public List<Piece> pieces() {
        return known.pieces();
    }
}
