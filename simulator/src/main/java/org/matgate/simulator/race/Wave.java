package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.matgate.protocol.Chip;

/** The runners who start on one gun. */
public record Wave(Distance distance, List<Runner> runners) {
    private static final double MOST_KICK = 0.2;

    public Wave {
        runners = List.copyOf(runners);
    }

    /** Draws the wave's runners, with bibs from {@code firstBib} on. */
    static Wave draw(Distance distance, int firstBib, RandomGenerator random) {
        List<Runner> runners = new ArrayList<>(distance.runners());
        for (int i = 0; i < distance.runners(); i++) {
            int bib = firstBib + i;
            double start = (i + random.nextDouble()) / distance.startsPerSecond();
            double chipTime = distance.finish().draw(random);
            runners.add(new Runner(
                    bib,
                    new Chip(String.format(Locale.ROOT, "E2806894000050%010X", bib)),
                    new Chip(String.format(Locale.ROOT, "058001%06X", bib)),
                    Math.round(start * 1e9),
                    Math.round(chipTime * 1e9),
                    random.nextDouble(-MOST_KICK, MOST_KICK),
                    random.nextDouble()));
        }
        return new Wave(distance, runners);
    }
}
