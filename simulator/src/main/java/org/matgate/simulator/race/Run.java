package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.matgate.protocol.Chip;
import org.matgate.simulator.race.Entry.Leg;
import org.matgate.simulator.race.Runner.Status;

/** Lets the entries of one distance run, and gathers what happens. Not thread-safe. */
final class Run {
    /** In the crowd behind the start line nobody runs at full speed. */
    private static final double SPEED_AT_START = 0.6;

    /** How much a runner wanders over the width from mat to mat. */
    private static final double WANDERING = 0.12;

    private final List<Stop> stops;
    private final long durationNanos;
    private final List<Runner> runners;
    private final List<Crossing> crossings;

    /**
     * @param stops of the distance
     * @param runners is added to, as {@code crossings}
     */
    Run(List<Stop> stops, long durationNanos, List<Runner> runners, List<Crossing> crossings) {
        this.stops = stops;
        this.durationNanos = durationNanos;
        this.runners = runners;
        this.crossings = crossings;
    }

    /** A runner comes by a timing point. */
    private record Pass(String timingPoint, int number, long atNanos, double metresPerSecond, double across) {}

    /** How a leg went. */
    private record Outcome(List<Pass> passes, Status status, OptionalLong endNanos) {}

    void enter(Entry entry) {
        List<Double> legs = entry.distance().relay()
                ? entry.distance().legsMetres()
                : List.of(entry.distance().lengthMetres());
        OptionalLong start = entry.starts()
                ? OptionalLong.of(entry.wave().gunNanos() + entry.startAfterGunNanos())
                : OptionalLong.empty();
        double from = 0;
        for (int i = 0; i < legs.size(); i++) {
            Leg leg = entry.legs().get(i);
            if (i > 0 && start.isPresent()) {
                start = OptionalLong.of(start.getAsLong() + leg.handOverNanos());
            }
            boolean last = i + 1 == legs.size();
            Outcome outcome = start.isPresent()
                    ? run(
                            entry,
                            leg,
                            start.getAsLong(),
                            from,
                            last ? entry.distance().lengthMetres() : from + legs.get(i),
                            last)
                    : new Outcome(List.of(), Status.DNS, OptionalLong.empty());
            add(entry, i, start, outcome);
            start = outcome.endNanos();
            from += legs.get(i);
        }
    }

    private Outcome run(Entry entry, Leg leg, long start, double from, double to, boolean last) {
        SplittableRandom random = new SplittableRandom(leg.seed());
        List<Pass> passes = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (Stop stop : stops) {
            double share = (stop.metres() - from) / (to - from);
            if (share < 0 || share > Math.min(1, leg.givesUpAt())) {
                continue;
            }
            long at = start + leg.reaches(share);
            if (at > durationNanos) {
                break;
            }
            double speed = leg.speed(share) * (to - from) * (share == 0 ? SPEED_AT_START : 1);
            double across = Math.clamp(leg.across() + WANDERING * random.nextGaussian(), 0, 1);
            int number = numbers.merge(stop.timingPoint(), 1, Integer::sum);
            passes.add(new Pass(stop.timingPoint(), number, at, speed, across));
            if (number == 1 && at - entry.wave().gunNanos() > stop.limitNanos()) {
                return new Outcome(passes, Status.STOPPED, OptionalLong.empty());
            }
        }
        long end = start + leg.runNanos();
        if (leg.givesUpAt() < 1 || end > durationNanos) {
            return new Outcome(passes, Status.DNF, OptionalLong.empty());
        }
        long limit = entry.distance().limitNanos().orElse(Long.MAX_VALUE);
        boolean late = last && end - entry.wave().gunNanos() > limit;
        return new Outcome(passes, late ? Status.LATE : Status.FINISHED, OptionalLong.of(end));
    }

    private void add(Entry entry, int leg, OptionalLong start, Outcome outcome) {
        int bib = entry.firstBib() + leg;
        Runner runner = new Runner(
                bib,
                entry.team(),
                entry.distance().relay() ? leg + 1 : 0,
                entry.distance().name(),
                entry.wave().name(),
                entry.wave().person(),
                new Chip(String.format(Locale.ROOT, "E2806894000050%010X", bib)),
                new Chip(String.format(Locale.ROOT, "058001%06X", bib)),
                entry.legs().get(leg).chipCondition(),
                outcome.status(),
                entry.wave().gunNanos(),
                start,
                outcome.endNanos());
        runners.add(runner);
        for (Pass pass : outcome.passes()) {
            crossings.add(new Crossing(
                    runner,
                    pass.timingPoint(),
                    pass.number(),
                    false,
                    pass.atNanos(),
                    pass.metresPerSecond(),
                    pass.across(),
                    0));
        }
    }
}
