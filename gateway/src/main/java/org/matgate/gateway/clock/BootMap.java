package org.matgate.gateway.clock;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.clock.Knots.Knot;
import org.matgate.gateway.clock.Leaps.Leaped;
import org.matgate.gateway.clock.UtcLine.Point;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.Stamp;

/**
 * Turns readings of the clocks into pieces of the map from this boot's CLOCK_MONOTONIC to UTC. It does no I/O and knows
 * no time but that of the readings. With each reading
 * <ol>
 *   <li>{@link Witnesses} say what is believed of the present;
 *   <li>where that is no longer what the present piece tells, a new piece begins ({@link Present} says why), and the
 *       stretch of the old one becomes a {@link Span} of the past;
 *   <li>where the witnesses know more of a span than was told of it, it is {@linkplain Restatement restated} by closed
 *       pieces of a higher edition.
 * </ol>
 *
 * Not thread-safe.
 */
final class BootMap {
    /** How often the past is looked at; at once where the witnesses have changed. */
    static final long LOOK_BACK_NANOS = 10_000_000_000L;

    /** Restated pieces of one look; what is left comes with the next reading. */
    private static final int MOST_RESTATED = 16;

    /** Longer than between two readings in good order: then nothing is said of what lay between. */
    private static final long STALL_NANOS = 5_000_000_000L;

    private final UUID bootId;
    private final EarlierPieces earlier;
    private Witnesses witnesses = new Witnesses();
    private final List<Span> past = new ArrayList<>();
    private long lastEdition;
    private long leapNanos;
    private long awakeSinceNanos;
    private @Nullable Vouched before;
    private @Nullable Present present;
    private @Nullable Knots knots;
    private @Nullable Bends bends;
    private @Nullable Belief belief;
    private boolean lookBack;
    private boolean tellAgain;
    private long lookedBackNanos;

    /**
     * The map of a boot.
     *
     * @param earlier all pieces of this boot that earlier processes told, in any order
     */
    BootMap(UUID bootId, List<ClockState> earlier) {
        this.bootId = bootId;
        this.earlier = EarlierPieces.of(earlier);
        this.earlier.tell(witnesses);
        leapNanos = this.earlier.leapNanos();
        lastEdition = this.earlier.lastEdition();
    }

    /** What is believed of the moment of the last reading. */
    Belief belief() {
        if (belief == null) {
            throw new IllegalStateException("no reading yet");
        }
        return belief;
    }

    /** How CLOCK_MONOTONIC_RAW ran up to the last reading. */
    Bends bends() {
        return Objects.requireNonNull(bends, "no reading yet");
    }

    /** What an engine's clock said; the next reading makes use of it. */
    void engine(String engine, Point point) {
        lookBack |=
                witnesses.engine(engine, new Point(point.rawNanos(), point.utcNanos() - leapNanos, point.errorNanos()));
    }

    /** The crew's anchor, which is committed by itself; the next reading makes use of it. */
    void crew(ClockState anchor, CrewAnchor.Against against) {
        lastEdition = Math.max(lastEdition, anchor.edition());
        witnesses.crew(
                new Point(anchor.anchorRawNanos(), anchor.anchorUtcNanos() - leapNanos, anchor.uncertaintyNanos()),
                against);
        Told told = Told.of(anchor);
        past.replaceAll(span -> new Span(span.from(), span.until(), span.bendNanos(), span.leapNanos(), told));
        if (present != null) {
            present = present.toldInstead(told);
        }
        lookBack = true;
    }

    /** Pieces were lost on their way: what is known of present and past is told again from the next reading on. */
    void tellAgain() {
        past.replaceAll(span -> new Span(span.from(), span.until(), span.bendNanos(), span.leapNanos(), Told.NOTHING));
        present = present == null ? null : present.toldInstead(Told.NOTHING);
        tellAgain = true;
        lookBack = true;
    }

    /** Since when the machine has not slept, on CLOCK_MONOTONIC; 0 where it never did. */
    long awakeSinceNanos() {
        return awakeSinceNanos;
    }

    /** The highest edition given or heard of. */
    long lastEdition() {
        return lastEdition;
    }

    /**
     * Takes a reading of the clocks, later than the last one.
     *
     * @return the pieces to be told, in the order of their editions
     */
    List<ClockState> read(Vouched now) {
        List<ClockState> pieces = new ArrayList<>();
        Knot here = Knot.of(now.clocks());
        Optional<Leaped> leap = before == null ? Optional.empty() : Leaps.between(before.clocks(), now.clocks());
        leapNanos += leap.map(Leaped::nanos).orElse(0L);
        boolean slept = before == null ? now.clocks().hasSlept() : now.clocks().hasSleptSince(before.clocks());
        if (slept) {
            // UTC went on and the quartz did not: what was heard before says nothing of now, nor now of what was
            // before.
            witnesses = new Witnesses();
            past.clear();
            awakeSinceNanos = here.monotonicNanos();
        }
        if (now.synchronised()) {
            lookBack |= witnesses.daemon(
                    now.source(), new Point(here.rawNanos(), now.clocks().utcNanos() - leapNanos, now.errorNanos()));
        }
        Belief is = witnesses.belief(now, leapNanos, slopeTo(here));
        belief = is;
        if (present == null || knots == null || before == null) {
            List<Span> known = earlier.until(here);
            if (!slept) {
                past.addAll(known);
            }
            bends = Bends.since(known, here);
            begin(here, is, now, EarlierPieces.STARTED + ", " + Present.describe(is), pieces);
        } else if (slept) {
            wokeUp(knots.last(), is, now, pieces);
        } else {
            goOn(present, knots, is, now, leap, pieces);
        }
        bends = bends().next(here);
        before = now;
        restate(here.monotonicNanos(), pieces);
        return pieces;
    }

    private void goOn(
            Present present, Knots knots, Belief is, Vouched now, Optional<Leaped> leap, List<ClockState> pieces) {
        Knot here = Knot.of(now.clocks());
        Present.Change change = leap.isPresent()
                ? Present.leaped(leap.get())
                : tellAgain
                        ? new Present.Change("told again, " + Present.describe(is), false)
                        : present.change(is, now, knots);
        tellAgain = false;
        if (change.reason().isEmpty()) {
            knots.add(here);
            return;
        }
        long stall = here.monotonicNanos() - knots.last().monotonicNanos();
        Knot from = leap.isPresent()
                ? knots.last().towards(here, leap.get().fromMonotonicNanos())
                : change.better() && stall > STALL_NANOS ? here : knots.last();
        closePast(from, leap);
        begin(from, is, now, change.reason(), pieces);
    }

    /** When it fell asleep since the last reading nobody saw. */
    private void wokeUp(Knot last, Belief is, Vouched now, List<ClockState> pieces) {
        Knot here = Knot.of(now.clocks());
        Told nothing = new Told(here.monotonicNanos(), is.utcNanos(), 0, Stamp.UNSYNCHRONISED, 0, ClockSource.NONE);
        pieces.add(piece(
                now, nothing, last.monotonicNanos(), here.monotonicNanos(), here, "not known: the machine slept"));
        begin(here, is, now, "the machine slept, " + Present.describe(is), pieces);
    }

    private double slopeTo(Knot here) {
        if (knots == null) {
            return 0;
        }
        Knot from = here.monotonicNanos() - knots.first().monotonicNanos() >= 1_000_000_000L || before == null
                ? knots.first()
                : Knot.of(before.clocks());
        return from.tornNanos() > Knots.TIGHT_NANOS || here.tornNanos() > Knots.TIGHT_NANOS ? 0 : from.slopeTo(here);
    }

    private void closePast(Knot from, Optional<Leaped> leap) {
        if (present == null || knots == null) {
            return;
        }
        if (from.monotonicNanos() > knots.last().monotonicNanos()) {
            knots.add(from);
        }
        long before = leapNanos - leap.map(Leaped::nanos).orElse(0L);
        Span.append(past, new Span(knots.first(), knots.last(), knots.bend(), before, present.told()));
        lookBack = true;
    }

    private void begin(Knot from, Belief is, Vouched now, String reason, List<ClockState> pieces) {
        Knot here = Knot.of(now.clocks());
        present = Present.of(here, is, now, from);
        Knots since = new Knots(from);
        if (from.monotonicNanos() < here.monotonicNanos()) {
            since.add(here);
        }
        knots = since;
        pieces.add(piece(now, present.told(), from.monotonicNanos(), 0, here, reason));
        lookBack |= !is.synchronised();
    }

    private ClockState piece(Vouched now, Told told, long from, long until, Knot anchor, String reason) {
        long here = now.clocks().monotonicNanos();
        lastEdition = Math.max(lastEdition + 1, here);
        Stamp stamp = new Stamp(bootId, here, belief().utcNanos(), belief().errorNanos(), 0);
        return new ClockState(
                stamp,
                lastEdition,
                from,
                until,
                anchor.monotonicNanos(),
                anchor.rawNanos(),
                told.anchorUtcNanos(),
                told.ratePpb(),
                told.uncertaintyNanos(),
                told.growthPpb(),
                told.source(),
                reason);
    }

    private void restate(long here, List<ClockState> pieces) {
        if (before == null || (!lookBack && here - lookedBackNanos < LOOK_BACK_NANOS)) {
            return;
        }
        lookBack = false;
        lookedBackNanos = here;
        int room = MOST_RESTATED;
        for (int i = 0; i < past.size(); i++) {
            Span span = past.get(i);
            Optional<Restatement> better = better(span);
            if (better.isPresent()) {
                if (room <= 0) {
                    lookBack = true;
                    break;
                }
                past.remove(i);
                for (Restatement.Part part : better.get().parts()) {
                    past.add(i++, new Span(part.from(), part.until(), span.bendNanos(), span.leapNanos(), part.told()));
                    pieces.add(piece(
                            before,
                            part.told(),
                            part.from().monotonicNanos(),
                            part.until().monotonicNanos(),
                            part.anchor(),
                            "restated, was "
                                    + Present.within(span.told()
                                            .uncertaintyAt(part.anchor().monotonicNanos()))));
                    room--;
                }
                i--;
            }
        }
        Span.shorten(past);
    }

    /** Of those who know more of it than was told the one who knows most; the time daemon before all others. */
    private Optional<Restatement> better(Span span) {
        Optional<Restatement> best = Optional.empty();
        for (Witness witness : witnesses.all()) {
            Optional<Restatement> one =
                    Restatement.of(span, witness.source(), witness::at).filter(Restatement::worthTelling);
            if (one.isPresent()
                    && (best.isEmpty() || one.get().mostNanos() < best.get().mostNanos())) {
                best = one;
            }
        }
        return best;
    }

    /** Whether kernel or chrony vouched for the clock at any time of this boot, as far as it is known. */
    boolean everSynchronised() {
        return witnesses.all().stream()
                .anyMatch(witness -> witness.source() == ClockSource.KERNEL || witness.source() == ClockSource.CHRONY);
    }
}
