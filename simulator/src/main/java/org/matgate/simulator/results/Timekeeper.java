package org.matgate.simulator.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.matgate.simulator.race.Runner.Status;

/** Publishes results from the start list and what an engine holds, and knows nothing else. */
public final class Timekeeper {
    private Timekeeper() {}

    /**
     * The result of one who is entered.
     *
     * @param reads of the chips that were handed out for it, in any order
     */
    public static Result result(Entrant entrant, GunTime gun, List<TimedRead> reads) {
        List<Passing> all = Passings.of(reads);
        List<Passing> counted = Passings.first(all, entrant.stops());
        List<Optional<Passing>> splits = Alignment.of(counted, entrant.stops(), entrant.fromMetres(), gun.atNanos());
        List<Passing> others = new ArrayList<>(all);
        splits.forEach(split -> split.ifPresent(others::remove));
        List<OptionalLong> moments = splits.stream()
                .map(split ->
                        split.map(passing -> OptionalLong.of(passing.atNanos())).orElse(OptionalLong.empty()))
                .toList();
        return new Result(entrant, gun, status(entrant, gun.atNanos(), moments), splits, others);
    }

    /**
     * How the race has ended for somebody.
     *
     * @param moments when each stop was come by, as far as it is known
     */
    public static Status status(Entrant entrant, long gunNanos, List<OptionalLong> moments) {
        if (moments.stream().allMatch(OptionalLong::isEmpty)) {
            return Status.DNS;
        }
        List<Stop> stops = entrant.stops();
        if (entrant.finishes() && moments.getLast().isPresent()) {
            return tooLate(stops.getLast(), moments.getLast(), gunNanos) ? Status.LATE : Status.FINISHED;
        }
        for (int i = 0; i < stops.size(); i++) {
            if (tooLate(stops.get(i), moments.get(i), gunNanos)) {
                return Status.STOPPED;
            }
        }
        return Status.DNF;
    }

    private static boolean tooLate(Stop stop, OptionalLong moment, long gunNanos) {
        return moment.isPresent() && moment.getAsLong() - gunNanos > stop.limitNanos();
    }
}
