package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.matgate.protocol.stream.Source.Line;
import org.matgate.simulator.field.FieldSpread;
import org.matgate.simulator.race.ChipCondition;
import org.matgate.simulator.race.Crossing;
import org.matgate.simulator.race.Lingering;
import org.matgate.simulator.race.Runner;
import org.matgate.simulator.results.Entrant;
import org.matgate.simulator.results.GunTime;
import org.matgate.simulator.results.Result;
import org.matgate.simulator.results.TimedRead;
import org.matgate.simulator.results.Timekeeper;

/**
 * Finds what makes the results of one runner differ from the truth: the same timekeeper works again from what would be
 * there had more and more gone well, each time with one cause less, from the engine back to the field. The first that
 * yields the truth was without the cause. So a read that is lost is to blame wherever it would have been enough,
 * whatever else was destroyed by faults. Not thread-safe.
 */
final class Causes {
    /** Moments on the race clock are rounded to its nanoseconds, of which many go into one on the wall. */
    private static final long ROUNDING_NANOS = 1_000_000;

    private final ReadBook book;
    private final Set<TruthRead> lost;
    private final Entrant entrant;
    private final GunTime gun;
    private final Runner runner;
    private final List<Crossing> crossings;
    private final List<Lingering> lingerings;
    private final List<HeldRead> held;
    private final List<Step> steps = new ArrayList<>();

    /** What would be published without a cause and all those before it. */
    private record Step(Reason cause, Result result) {}

    /**
     * @param lost reads that nothing excuses, by identity
     * @param crossings of this runner
     * @param lingerings of this runner
     * @param held what the engine holds of the runner's chips
     */
    Causes(
            ReadBook book,
            Set<TruthRead> lost,
            Entrant entrant,
            GunTime gun,
            Runner runner,
            List<Crossing> crossings,
            List<Lingering> lingerings,
            List<HeldRead> held) {
        this.book = book;
        this.lost = lost;
        this.entrant = entrant;
        this.gun = gun;
        this.runner = runner;
        this.crossings = crossings;
        this.lingerings = lingerings;
        this.held = held;
    }

    /** Without what a result would be right. */
    Reason of(Predicate<Result> right) {
        if (steps.isEmpty()) {
            theBoxes();
            theReadersAndTheField();
        }
        return steps.stream()
                .filter(step -> right.test(step.result()))
                .map(Step::cause)
                .findFirst()
                .orElse(Reason.UNEXPLAINED);
    }

    private void step(Reason cause, Collection<TimedRead> reads) {
        steps.add(new Step(cause, Timekeeper.result(entrant, gun, List.copyOf(reads))));
    }

    /** What the engine holds, at its true times; then with what it lacks for no reason. */
    private void theBoxes() {
        List<TimedRead> timed = new ArrayList<>();
        List<TimedRead> untimed = new ArrayList<>();
        List<TimedRead> ofNobody = new ArrayList<>();
        boolean wrongTimes = false;
        for (TimedRead read : book.timed(held)) {
            Optional<TruthRead> origin = book.origin(held.get(read.id()));
            if (origin.isEmpty()) {
                ofNobody.add(read);
            } else {
                long sighted = book.sighted(origin.get());
                wrongTimes |= Math.abs(read.atNanos() - sighted) > read.uncertaintyNanos();
                timed.add(new TimedRead(read.id(), read.timingPoint(), read.line(), read.rssiCentiDbm(), sighted, 0));
            }
        }
        for (HeldRead read : held) {
            if (!read.time().synchronised()) {
                book.origin(read)
                        .flatMap(origin -> book.timed(origin, book.sighted(origin)))
                        .ifPresent(untimed::add);
            }
        }
        List<TimedRead> reads = new ArrayList<>(timed);
        reads.addAll(ofNobody);
        step(wrongTimes ? Reason.TIME : Reason.UNCERTAIN, reads);
        reads.addAll(untimed);
        step(Reason.UNSYNCHRONISED, reads);
        reads.addAll(offered(book::sighted, lost::contains));
        step(Reason.LOST, reads);
        reads.removeAll(ofNobody);
        step(Reason.INVENTED, reads);
    }

    private List<TimedRead> offered(ToLongFunction<TruthRead> moment, Predicate<TruthRead> which) {
        return book.offered(entrant).stream()
                .filter(which)
                .flatMap(read -> book.timed(read, moment.applyAsLong(read)).stream())
                .toList();
    }

    /** All that readers said; then what they should have seen, and nothing else. */
    private void theReadersAndTheField() {
        step(Reason.DESTROYED, offered(book::sighted, read -> true));
        List<TimedRead> reads = new ArrayList<>(offered(book::came, read -> true));
        step(Reason.SEEN_LATE, reads);
        for (Crossing crossing : crossings) {
            if (!crossing.extra() && reads.stream().noneMatch(read -> of(crossing, read))) {
                reads.add(new TimedRead(
                        Integer.MAX_VALUE,
                        crossing.timingPoint(),
                        Line.MAIN,
                        Integer.MAX_VALUE,
                        crossing.atNanos(),
                        0));
            }
        }
        step(runner.chipCondition() == ChipCondition.DEAD ? Reason.DEAD_CHIP : Reason.NOT_SEEN, reads);
        Set<TimedRead> counted = Collections.newSetFromMap(new IdentityHashMap<>());
        reads.stream()
                .filter(read -> crossings.stream().anyMatch(each -> !each.extra() && of(each, read)))
                .forEach(counted::add);
        reads.removeIf(read -> !counted.contains(read) && lingerings.stream().anyMatch(each -> of(each, read)));
        step(Reason.LINGERED, reads);
        reads.removeIf(read ->
                !counted.contains(read) && crossings.stream().anyMatch(each -> each.extra() && of(each, read)));
        step(Reason.CAME_AGAIN, reads);
    }

    private static boolean of(Crossing crossing, TimedRead read) {
        long before = FieldSpread.nanos(crossing) + ROUNDING_NANOS;
        return crossing.timingPoint().equals(read.timingPoint())
                && crossing.atNanos() - before <= read.atNanos()
                && read.atNanos() <= crossing.atNanos() + before + FieldSpread.backupNanos(crossing);
    }

    private static boolean of(Lingering lingering, TimedRead read) {
        return lingering.timingPoint().equals(read.timingPoint())
                && lingering.fromNanos() - ROUNDING_NANOS <= read.atNanos()
                && read.atNanos() <= lingering.untilNanos() + ROUNDING_NANOS;
    }
}
