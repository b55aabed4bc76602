package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.matgate.simulator.field.FieldSpread;
import org.matgate.simulator.race.ChipCondition;
import org.matgate.simulator.race.Crossing;
import org.matgate.simulator.race.Lingering;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.Runner;
import org.matgate.simulator.race.Runner.Status;
import org.matgate.simulator.results.Entrant;
import org.matgate.simulator.results.Passing;
import org.matgate.simulator.results.Result;
import org.matgate.simulator.results.Stop;
import org.matgate.simulator.results.Timekeeper;

/** Compares what is published of one runner with how it truly went. Not thread-safe. */
final class RunnerJudge {
    /** So late, on this machine's clock, the simulator may let a reader see a chip. */
    private static final long SEEN_LATE_NANOS = 1_000_000_000;

    private final ReadBook book;
    private final RaceRecord race;
    private final Set<TruthRead> lost;
    private final Runner runner;
    private final List<Crossing> crossings;
    private final List<Lingering> lingerings;
    private final Result result;
    private final List<HeldRead> held;
    private final List<Disagreement> disagreements = new ArrayList<>();
    /** Of each stop, how far its split may be off; as far as it is right. */
    private final List<OptionalLong> tolerances = new ArrayList<>();

    private final List<Optional<Crossing>> truth = new ArrayList<>();
    final List<Long> splitErrors = new ArrayList<>();
    final List<Long> gunErrors = new ArrayList<>();
    final List<Long> chipErrors = new ArrayList<>();
    int splitsMissed;

    /**
     * @param lost reads that nothing excuses
     * @param crossings of this runner
     * @param lingerings of this runner
     * @param held by the places of which the result knows its reads
     */
    RunnerJudge(
            ReadBook book,
            RaceRecord race,
            Set<TruthRead> lost,
            Runner runner,
            List<Crossing> crossings,
            List<Lingering> lingerings,
            Result result,
            List<HeldRead> held) {
        this.book = book;
        this.race = race;
        this.lost = lost;
        this.runner = runner;
        this.crossings = crossings;
        this.lingerings = lingerings;
        this.result = result;
        this.held = held;
    }

    List<Disagreement> judge() {
        Entrant entrant = result.entrant();
        for (int i = 0; i < entrant.stops().size(); i++) {
            Stop stop = entrant.stops().get(i);
            Optional<Crossing> crossing = crossings.stream()
                    .filter(each -> !each.extra()
                            && each.timingPoint().equals(stop.timingPoint())
                            && each.pass() == stop.pass())
                    .findFirst();
            truth.add(crossing);
            tolerances.add(stop(stop, crossing, result.splits().get(i)));
        }
        times();
        status();
        return disagreements;
    }

    private OptionalLong stop(Stop stop, Optional<Crossing> crossing, Optional<Passing> split) {
        if (crossing.isPresent() && split.isPresent()) {
            return both(stop, crossing.get(), split.get());
        }
        if (crossing.isPresent()) {
            splitsMissed++;
            add(
                    name(stop),
                    missed(crossing.get()),
                    "not timed; truly at " + clock(crossing.get().atNanos()));
        } else if (split.isPresent()) {
            add(
                    name(stop),
                    elsewhere(stop.timingPoint(), split.get()),
                    "at " + clock(split.get().atNanos()) + "; truly never");
        }
        return OptionalLong.empty();
    }

    private OptionalLong both(Stop stop, Crossing crossing, Passing split) {
        long error = Math.abs(split.atNanos() - crossing.atNanos());
        long tolerance = tolerance(crossing, split);
        if (error <= tolerance) {
            splitErrors.add(error);
            return OptionalLong.of(tolerance);
        }
        add(
                name(stop),
                elsewhere(stop.timingPoint(), split),
                "at " + clock(split.atNanos()) + "; truly at " + clock(crossing.atNanos()) + ", they may differ by "
                        + seconds(tolerance));
        return OptionalLong.empty();
    }

    private static long tolerance(Crossing crossing, Passing split) {
        // What is taken off for the way between the lines is an estimate.
        long backup = split.onlyBackup() ? Math.max(FieldSpread.backupNanos(crossing), Passing.BACKUP_NANOS) : 0;
        return FieldSpread.nanos(crossing) + backup + split.read().uncertaintyNanos();
    }

    /** Why a crossing has no split. */
    private Reason missed(Crossing crossing) {
        if (runner.chipCondition() == ChipCondition.DEAD) {
            return Reason.DEAD_CHIP;
        }
        long around = FieldSpread.nanos(crossing) + FieldSpread.backupNanos(crossing);
        long machine = race.clock().monotonicNanos(crossing.atNanos());
        long late = machine == RaceClock.NOT_YET ? 0 : race.raceUncertaintyNanos(machine, SEEN_LATE_NANOS);
        List<TruthRead> reads = book.truth(
                result.entrant(),
                crossing.timingPoint(),
                crossing.atNanos() - around,
                crossing.atNanos() + around + late);
        if (reads.isEmpty()) {
            return Reason.NOT_SEEN;
        }
        if (reads.stream().anyMatch(lost::contains)) {
            return Reason.LOST;
        }
        List<HeldRead> there =
                reads.stream().flatMap(read -> book.held(read).stream()).toList();
        if (there.isEmpty()) {
            return Reason.DESTROYED;
        }
        return there.stream().noneMatch(read -> read.time().synchronised())
                ? Reason.UNSYNCHRONISED
                : Reason.UNEXPLAINED;
    }

    /** Why somebody is timed where and when nobody was. */
    private Reason elsewhere(String timingPoint, Passing split) {
        Optional<TruthRead> origin = book.origin(held.get(split.read().id()));
        if (origin.isEmpty()) {
            return Reason.UNEXPLAINED;
        }
        long sighted = book.sighted(origin.get());
        if (Math.abs(split.read().atNanos() - sighted) > split.read().uncertaintyNanos()) {
            return Reason.TIME;
        }
        long late = race.raceUncertaintyNanos(origin.get().read().sightedMonotonicNanos(), SEEN_LATE_NANOS);
        if (lingerings.stream()
                .anyMatch(each -> each.timingPoint().equals(timingPoint)
                        && each.fromNanos() <= sighted
                        && sighted <= each.untilNanos() + late)) {
            return Reason.LINGERED;
        }
        for (Crossing crossing : crossings) {
            long around = FieldSpread.nanos(crossing) + FieldSpread.backupNanos(crossing);
            if (crossing.timingPoint().equals(timingPoint)
                    && Math.abs(sighted - crossing.atNanos()) <= around + (sighted > crossing.atNanos() ? late : 0)) {
                return crossing.extra()
                        ? Reason.CAME_AGAIN
                        : Math.abs(sighted - crossing.atNanos()) > around ? Reason.SEEN_LATE : Reason.UNEXPLAINED;
            }
        }
        return Reason.UNEXPLAINED;
    }

    private void times() {
        OptionalLong finish = result.finish().isPresent() ? tolerances.getLast() : OptionalLong.empty();
        OptionalLong start = result.start().isPresent() ? tolerances.getFirst() : OptionalLong.empty();
        if (finish.isEmpty()) {
            return;
        }
        long end = truth.getLast().map(Crossing::atNanos).orElse(0L);
        compare(
                "gun time",
                result.gunTimeNanos(),
                end - runner.gunNanos(),
                finish.getAsLong() + result.gun().uncertaintyNanos(),
                gunErrors);
        if (start.isPresent()) {
            compare(
                    "chip time",
                    result.chipTimeNanos(),
                    end - truth.getFirst().map(Crossing::atNanos).orElse(0L),
                    finish.getAsLong() + start.getAsLong(),
                    chipErrors);
        }
    }

    private void compare(String what, OptionalLong published, long inTruth, long tolerance, List<Long> errors) {
        if (published.isEmpty()) {
            return;
        }
        long error = Math.abs(published.getAsLong() - inTruth);
        errors.add(error);
        if (error > tolerance) {
            add(
                    what,
                    Reason.UNEXPLAINED,
                    clock(published.getAsLong()) + "; truly " + clock(inTruth) + ", they may differ by "
                            + seconds(tolerance));
        }
    }

    private void status() {
        boolean startKnown = result.start().isPresent() && tolerances.getFirst().isPresent();
        if (startKnown && result.early() != runner.startedEarly() && !near(0, 0)) {
            add(
                    "start",
                    Reason.UNEXPLAINED,
                    result.early() ? "before the gun; truly not" : "not before the gun, as it truly was");
        }
        // What no mat could have told is not to be known: who gives up before the first one.
        Status known = Timekeeper.status(
                result.entrant(),
                runner.gunNanos(),
                truth.stream()
                        .map(crossing -> crossing.map(each -> OptionalLong.of(each.atNanos()))
                                .orElse(OptionalLong.empty()))
                        .toList());
        if (result.status() == known || nearLimit()) {
            return;
        }
        Reason reason = disagreements.stream()
                .map(Disagreement::reason)
                .min(Comparator.comparing(Reason::excused))
                .orElse(Reason.UNEXPLAINED);
        add("result", reason, result.status() + "; truly " + known);
    }

    /** Whether a split may as well be on the other side of a limit. */
    private boolean nearLimit() {
        List<Stop> stops = result.entrant().stops();
        for (int i = 0; i < stops.size(); i++) {
            if (stops.get(i).limitNanos() < Long.MAX_VALUE
                    && near(i, stops.get(i).limitNanos())) {
                return true;
            }
        }
        return false;
    }

    private boolean near(int stop, long afterGunNanos) {
        OptionalLong tolerance = tolerances.get(stop);
        Optional<Crossing> crossing = truth.get(stop);
        return tolerance.isPresent()
                && crossing.isPresent()
                && Math.abs(crossing.get().atNanos() - runner.gunNanos() - afterGunNanos)
                        <= tolerance.getAsLong() + result.gun().uncertaintyNanos();
    }

    private void add(String what, Reason reason, String text) {
        disagreements.add(new Disagreement(runner.bib(), runner.distance(), what, reason, text));
    }

    private static String name(Stop stop) {
        return stop.pass() == 1 ? stop.timingPoint() : stop.timingPoint() + ", time " + stop.pass();
    }

    private static String clock(long nanos) {
        long millis = Math.abs(nanos / 1_000_000);
        return String.format(
                Locale.ROOT,
                "%s%d:%02d:%02d.%03d",
                nanos < 0 ? "-" : "",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                millis % 1000);
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
    }
}
