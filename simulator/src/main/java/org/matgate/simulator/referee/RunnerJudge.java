package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.matgate.simulator.field.FieldSpread;
import org.matgate.simulator.race.Crossing;
import org.matgate.simulator.race.Runner;
import org.matgate.simulator.race.Runner.Status;
import org.matgate.simulator.results.Entrant;
import org.matgate.simulator.results.Passing;
import org.matgate.simulator.results.Result;
import org.matgate.simulator.results.Stop;
import org.matgate.simulator.results.Timekeeper;

/** Compares what is published of one runner with how it truly went. Not thread-safe. */
final class RunnerJudge {
    private final Runner runner;
    private final List<Crossing> crossings;
    private final Result result;
    private final Causes causes;
    private final List<Disagreement> disagreements = new ArrayList<>();
    /** Of each stop, how far its split may be off; as far as it is right. */
    private final List<OptionalLong> tolerances = new ArrayList<>();

    private final List<Optional<Crossing>> truth = new ArrayList<>();
    final List<Long> splitErrors = new ArrayList<>();
    final List<Long> gunErrors = new ArrayList<>();
    final List<Long> chipErrors = new ArrayList<>();
    int splitsMissed;

    /**
     * @param crossings of this runner
     * @param result as published
     */
    RunnerJudge(Runner runner, List<Crossing> crossings, Result result, Causes causes) {
        this.runner = runner;
        this.crossings = crossings;
        this.result = result;
        this.causes = causes;
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
            tolerances.add(split(i));
        }
        times();
        status();
        return disagreements;
    }

    private OptionalLong split(int at) {
        Optional<Crossing> crossing = truth.get(at);
        Optional<Passing> split = result.splits().get(at);
        if (crossing.isPresent() && split.isEmpty()) {
            splitsMissed++;
        }
        if (!right(at, result)) {
            String name = name(result.entrant().stops().get(at));
            add(name, causes.of(other -> right(at, other)), difference(crossing, split));
        } else if (crossing.isPresent() && split.isPresent()) {
            splitErrors.add(error(crossing.get(), split.get()));
            return OptionalLong.of(tolerance(crossing.get(), split.get()));
        }
        return OptionalLong.empty();
    }

    private boolean right(int stop, Result published) {
        Optional<Crossing> crossing = truth.get(stop);
        Optional<Passing> split = published.splits().get(stop);
        if (crossing.isEmpty() || split.isEmpty()) {
            return crossing.isEmpty() && split.isEmpty();
        }
        return error(crossing.get(), split.get()) <= tolerance(crossing.get(), split.get());
    }

    private static String difference(Optional<Crossing> crossing, Optional<Passing> split) {
        String truly = crossing.map(each -> clock(each.atNanos())).orElse("never");
        if (split.isEmpty()) {
            return "not timed; truly at " + truly;
        }
        String published = "at " + clock(split.get().atNanos()) + "; truly ";
        return crossing.isEmpty()
                ? published + truly
                : published + "at " + truly + ", they may differ by " + seconds(tolerance(crossing.get(), split.get()));
    }

    private static long error(Crossing crossing, Passing split) {
        return Math.abs(split.atNanos() - crossing.atNanos());
    }

    private static long tolerance(Crossing crossing, Passing split) {
        // What is taken off for the way between the lines is an estimate.
        long backup = split.onlyBackup() ? Math.max(FieldSpread.backupNanos(crossing), Passing.BACKUP_NANOS) : 0;
        return FieldSpread.nanos(crossing) + backup + split.read().uncertaintyNanos();
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
        boolean early = runner.startedEarly(Result.EARLY_NANOS);
        if (startKnown && result.early() != early && !near(0, -Result.EARLY_NANOS)) {
            add(
                    "start",
                    causes.of(other -> other.early() == early),
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
        Reason reason = causes.of(other -> other.status() == known);
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
