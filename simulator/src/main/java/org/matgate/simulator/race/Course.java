package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.matgate.simulator.fault.Fault;

/**
 * Who crosses what when: the race as it truly happens. The same scenario and seed give the same course; and as everybody
 * is drawn from numbers of their own, another distance more or less changes nothing for the others but their bibs.
 *
 * @param runners all who are entered, in the order of their bibs within each distance
 * @param crossings in the order of time; none is after the race clock's end
 * @param lingerings in the order of their beginnings
 * @param shortfalls what was to be done by runners and could not be, each for a person
 */
public record Course(
        List<Runner> runners, List<Crossing> crossings, List<Lingering> lingerings, List<String> shortfalls) {
    /** A race without anybody. */
    public static final Course NOBODY = new Course(List.of(), List.of(), List.of(), List.of());

    private static final Comparator<Crossing> IN_TIME = Comparator.comparingLong(Crossing::atNanos)
            .thenComparingInt(crossing -> crossing.runner().bib());

    public Course {
        runners = List.copyOf(runners);
        crossings = List.copyOf(crossings);
        lingerings = List.copyOf(lingerings);
        shortfalls = List.copyOf(shortfalls);
    }

    /** Draws the field and lets it run. */
    public static Course run(Scenario shape, long seed) {
        Scenario scenario = shape.withSeed(seed);
        List<Fault.OfRunners> tricks = scenario.faults().stream()
                .filter(Fault.OfRunners.class::isInstance)
                .map(Fault.OfRunners.class::cast)
                .toList();
        List<Runner> runners = new ArrayList<>();
        List<Crossing> crossings = new ArrayList<>();
        List<String> shortfalls = new ArrayList<>();
        for (Distance distance : scenario.distances()) {
            List<Entry> entries = new ArrayList<>();
            for (Wave wave : distance.waves()) {
                entries.addAll(Entry.draw(distance, wave, entries.size(), seed));
            }
            EarlyStarts.apply(tricks, distance, seed, entries, shortfalls);
            Run run = new Run(Stop.of(distance, scenario.timingPoints()), scenario.durationNanos(), runners, crossings);
            entries.forEach(run::enter);
        }
        crossings.sort(IN_TIME);
        Tricks played = new Tricks(crossings, scenario.durationNanos(), seed, shortfalls);
        tricks.forEach(played::play);
        crossings.sort(IN_TIME);
        return new Course(runners, crossings, played.lingerings(), shortfalls);
    }

    /** The true moments at which somebody ends a distance, in their order; nanoseconds after the race clock's start. */
    public List<Long> finishes() {
        return runners.stream()
                .filter(runner -> runner.finishNanos().isPresent())
                .map(runner -> runner.finishNanos().getAsLong())
                .sorted()
                .toList();
    }
}
