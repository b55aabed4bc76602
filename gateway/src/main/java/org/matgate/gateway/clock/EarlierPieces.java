package org.matgate.gateway.clock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.matgate.gateway.clock.Knots.Knot;
import org.matgate.gateway.clock.UtcLine.Point;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.Stamp;

/**
 * What earlier processes of this boot have told, so that the present one can restate it. The anchors of their pieces are
 * readings of all clocks; between the last of a process and the first of the next nobody looked. Immutable.
 */
final class EarlierPieces {
    /** Of a piece that a process told first. */
    static final String STARTED = "started";

    /** While a process looked it told of every bend of more than a fifth of this. */
    private static final long SEEN_BEND_NANOS = 1_000_000;

    private final List<ClockState> all;

    /** The pieces that told of the present when they were told, in their order. */
    private final List<ClockState> live;

    private EarlierPieces(List<ClockState> all, List<ClockState> live) {
        this.all = all;
        this.live = live;
    }

    static EarlierPieces of(List<ClockState> pieces) {
        List<ClockState> all = pieces.stream()
                .sorted(Comparator.comparingLong(ClockState::edition))
                .toList();
        List<ClockState> live = all.stream()
                .filter(piece -> piece.untilMonotonicNanos() == 0 && !isCrewsOwn(piece))
                .sorted(Comparator.comparingLong(ClockState::anchorMonotonicNanos))
                .toList();
        return new EarlierPieces(all, live);
    }

    /** An anchor of the crew covers its whole boot. */
    private static boolean isCrewsOwn(ClockState piece) {
        return piece.source() == ClockSource.CREW && piece.fromMonotonicNanos() == 0;
    }

    long lastEdition() {
        return all.isEmpty() ? 0 : all.getLast().edition();
    }

    /** By how much leap seconds have moved UTC since the boot. */
    long leapNanos() {
        return leapNanosAt(Long.MAX_VALUE);
    }

    private long leapNanosAt(long monotonic) {
        long sum = 0;
        for (ClockState piece : live) {
            if (piece.fromMonotonicNanos() <= monotonic && piece.reason().startsWith(Leaps.REASON)) {
                sum += piece.reason().startsWith(Leaps.REASON + " inserted") ? -1_000_000_000L : 1_000_000_000L;
            }
        }
        return sum;
    }

    /** Lets the witnesses know what was vouched for. */
    void tell(Witnesses witnesses) {
        boolean synchronised = false;
        for (ClockState piece : all) {
            Point point = new Point(
                    piece.anchorRawNanos(),
                    piece.anchorUtcNanos() - leapNanosAt(piece.anchorMonotonicNanos()),
                    piece.uncertaintyNanos());
            if (piece.uncertaintyNanos() == Stamp.UNSYNCHRONISED || piece.untilMonotonicNanos() != 0) {
                continue;
            }
            switch (piece.source()) {
                case KERNEL, CHRONY -> {
                    synchronised = true;
                    witnesses.daemon(piece.source(), point);
                }
                case ENGINE -> witnesses.engine("an earlier process of the box", point);
                case CREW -> {
                    if (isCrewsOwn(piece)) {
                        witnesses.crew(point, against(piece, synchronised));
                    }
                }
                case NONE -> {}
            }
        }
    }

    /** What was known better at that moment must have been overruled, or the anchor would not have been taken. */
    private CrewAnchor.Against against(ClockState anchor, boolean synchronised) {
        long at = anchor.anchorMonotonicNanos();
        return synchronised
                ? CrewAnchor.Against.ALL
                : toldAt(at, anchor.edition()).uncertaintyAt(at) < anchor.uncertaintyNanos()
                        ? CrewAnchor.Against.ENGINES
                        : CrewAnchor.Against.NOBODY;
    }

    /** The past up to the first reading of this process, each span with what was told of it. */
    List<Span> until(Knot here) {
        List<Knot> knots = new ArrayList<>();
        List<Boolean> dark = new ArrayList<>();
        for (ClockState piece : live) {
            Knot knot = new Knot(piece.anchorMonotonicNanos(), piece.anchorRawNanos(), 0);
            if (knot.monotonicNanos() < here.monotonicNanos()
                    && (knots.isEmpty()
                            || knot.monotonicNanos() > knots.getLast().monotonicNanos())) {
                knots.add(knot);
                dark.add(piece.reason().startsWith(STARTED));
            }
        }
        knots.add(here);
        dark.add(true);
        List<Span> spans = new ArrayList<>();
        Dark.beginning(knots.getFirst()).ifPresent(beginning -> append(spans, beginning, knots.getFirst(), true));
        for (int i = 1; i < knots.size(); i++) {
            append(spans, knots.get(i - 1), knots.get(i), dark.get(i));
        }
        return spans;
    }

    /** Between two knots there may be several pieces. */
    private void append(List<Span> spans, Knot from, Knot until, boolean dark) {
        TreeSet<Long> cuts = new TreeSet<>();
        cuts.add(from.monotonicNanos());
        cuts.add(until.monotonicNanos());
        for (ClockState piece : all) {
            cuts.add(piece.fromMonotonicNanos());
            cuts.add(piece.untilMonotonicNanos());
        }
        List<Long> within = new ArrayList<>(cuts.subSet(from.monotonicNanos(), true, until.monotonicNanos(), true));
        long bend = dark ? Dark.bend(from, until) : SEEN_BEND_NANOS;
        for (int i = 1; i < within.size(); i++) {
            long middle = within.get(i - 1) + (within.get(i) - within.get(i - 1)) / 2;
            Span.append(
                    spans,
                    new Span(
                            from.towards(until, within.get(i - 1)),
                            from.towards(until, within.get(i)),
                            bend,
                            leapNanosAt(middle),
                            toldAt(middle, Long.MAX_VALUE)));
        }
    }

    private Told toldAt(long monotonic, long belowEdition) {
        for (ClockState piece : all.reversed()) {
            long until = piece.untilMonotonicNanos();
            if (piece.edition() < belowEdition
                    && piece.fromMonotonicNanos() <= monotonic
                    && (until == 0 || monotonic < until)) {
                return Told.of(piece);
            }
        }
        return Told.NOTHING;
    }
}
