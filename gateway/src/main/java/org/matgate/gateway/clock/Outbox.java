package org.matgate.gateway.clock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.Stamp;

/**
 * Pieces on their way to the journal, in their order; while its intake is full they wait. Should more wait than there is
 * room for, it is told in their place that nothing is known of their time. Not thread-safe.
 */
final class Outbox {
    /** An hour of restless clocks, or a look back at all of the past. */
    static final int MOST = 256;

    private final Predicate<? super ClockState> pieces;
    private final Deque<ClockState> waiting = new ArrayDeque<>();
    private boolean lost;

    Outbox(Predicate<? super ClockState> pieces) {
        this.pieces = pieces;
    }

    void add(ClockState piece) {
        if (waiting.size() >= MOST) {
            ClockState first = waiting.removeFirst();
            ClockState second = waiting.removeFirst();
            long from = Math.min(first.fromMonotonicNanos(), second.fromMonotonicNanos());
            boolean open = first.untilMonotonicNanos() == 0 || second.untilMonotonicNanos() == 0;
            long until = open ? 0 : Math.max(first.untilMonotonicNanos(), second.untilMonotonicNanos());
            waiting.addFirst(nothing(second, from, until));
            lost = true;
        }
        waiting.addLast(piece);
    }

    /**
     * Hands over as many as find room.
     *
     * @return whether all are gone now, but some were lost before: what is known has to be told again
     */
    boolean flush() {
        while (!waiting.isEmpty() && pieces.test(waiting.getFirst())) {
            waiting.removeFirst();
        }
        boolean again = lost && waiting.isEmpty();
        lost &= !again;
        return again;
    }

    private static ClockState nothing(ClockState last, long from, long until) {
        return new ClockState(
                last.stamp(),
                last.edition(),
                from,
                until,
                last.anchorMonotonicNanos(),
                last.anchorRawNanos(),
                last.anchorUtcNanos(),
                0,
                Stamp.UNSYNCHRONISED,
                0,
                ClockSource.NONE,
                "not known: the journal took no pieces for long");
    }
}
