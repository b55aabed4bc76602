package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** Who crosses what when: the race as it truly happens. The same scenario and seed give the same course. */
public record Course(List<Wave> waves, List<Crossing> crossings) {
    public Course {
        waves = List.copyOf(waves);
        crossings = List.copyOf(crossings);
    }

    /** Draws the field and lets it run. Crossings come in the order of time; those after the race's end are left out. */
    public static Course run(Scenario scenario, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Wave> waves = new ArrayList<>();
        List<Crossing> crossings = new ArrayList<>();
        int bib = 1;
        for (Distance distance : scenario.distances()) {
            Wave wave = Wave.draw(distance, bib, random);
            bib += distance.runners();
            waves.add(wave);
            wave.runners().forEach(runner -> cross(scenario, distance, runner, crossings));
        }
        crossings.sort(Comparator.comparingLong(Crossing::atNanos)
                .thenComparingInt(crossing -> crossing.runner().bib()));
        return new Course(waves, crossings);
    }

    private static void cross(Scenario scenario, Distance distance, Runner runner, List<Crossing> crossings) {
        for (TimingPoint point : scenario.timingPoints()) {
            OptionalDouble metres = point.atMetres();
            double at = metres.orElse(distance.lengthMetres());
            if (at > distance.lengthMetres()) {
                continue;
            }
            double share = at / distance.lengthMetres();
            long moment = distance.gunNanos() + runner.startAfterGunNanos() + runner.reaches(share);
            if (moment <= scenario.durationNanos()) {
                crossings.add(
                        new Crossing(runner, point.name(), moment, runner.speed(share) * distance.lengthMetres()));
            }
        }
    }

    /** How many runners there are. */
    public int runners() {
        return waves.stream().mapToInt(wave -> wave.runners().size()).sum();
    }
}
