package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A runner, or a team of a relay, as drawn, before anybody runs.
 *
 * @param startAfterGunNanos from the gun to the start line; below 0: too early
 * @param starts whether anybody comes
 * @param legs one for each who runs
 */
record Entry(
        Distance distance, Wave wave, int team, int firstBib, long startAfterGunNanos, boolean starts, List<Leg> legs) {
    /** How much faster or slower the first half may be run than the second. */
    private static final double MOST_KICK = 0.2;

    /** How much the runners of a team differ. */
    private static final double LEG_SPREAD = 0.06;

    private static final double MOST_DEVIATIONS = 3;

    /** How well runners line up by what they can run: the standard deviation of what they think of themselves. */
    private static final double LINE_UP_SPREAD = 0.1;

    /** From the incoming runner's crossing to that of the outgoing one. */
    private static final double LEAST_HAND_OVER_SECONDS = 0.5;

    private static final double MOST_HAND_OVER_SECONDS = 3;

    Entry {
        legs = List.copyOf(legs);
    }

    /**
     * What one who is entered does, whatever becomes of it.
     *
     * @param runNanos from the own start to the end of the own leg
     * @param kick how much faster the first half is run than the second
     * @param across where on the course's width, 0 to 1
     * @param givesUpAt which share of the leg is run; 1 or more: all of it
     * @param handOverNanos how long after the one before crossed the line this one does
     * @param seed of what is drawn on the way
     */
    record Leg(
            long runNanos,
            double kick,
            double across,
            ChipCondition chipCondition,
            double givesUpAt,
            long handOverNanos,
            long seed) {
        /** When this share of the leg (0 to 1) is run, nanoseconds after its start. */
        long reaches(double share) {
            return Math.round(runNanos * (share - kick * share * (1 - share)));
        }

        /** The speed there, in shares of the leg a second. */
        double speed(double share) {
            return 1e9 / (runNanos * (1 - kick * (1 - 2 * share)));
        }
    }

    /** The same, starting at another moment. */
    Entry startingAfterGun(long nanos) {
        return new Entry(distance, wave, team, firstBib, nanos, starts, legs);
    }

    /**
     * Draws all of a wave.
     *
     * @param entriesBefore in other waves of the distance
     */
    static List<Entry> draw(Distance distance, Wave wave, int entriesBefore, long seed) {
        SplittableRandom[] randoms = IntStream.range(0, wave.entries())
                .mapToObj(i -> Seeds.random(seed, distance.name() + '\n' + wave.name(), i))
                .toArray(SplittableRandom[]::new);
        double[] seconds = new double[wave.entries()];
        double[] claims = new double[wave.entries()];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = wave.finish().draw(randoms[i]);
            claims[i] = seconds[i] * (1 + LINE_UP_SPREAD * randoms[i].nextGaussian());
        }
        int[] places = places(claims);
        List<Entry> entries = new ArrayList<>(wave.entries());
        for (int i = 0; i < seconds.length; i++) {
            double start = (places[i] + randoms[i].nextDouble()) / wave.startsPerSecond();
            int number = entriesBefore + i;
            entries.add(new Entry(
                    distance,
                    wave,
                    distance.relay() ? number + 1 : 0,
                    distance.firstBib() + number * distance.runnersAnEntry(),
                    Math.round(start * 1e9),
                    randoms[i].nextDouble() >= wave.notStarting(),
                    legs(distance, wave, seconds[i], randoms[i])));
        }
        return entries;
    }

    /** Where in the line each stands, the fastest first. */
    private static int[] places(double[] claims) {
        int[] places = new int[claims.length];
        List<Integer> line = IntStream.range(0, claims.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> claims[i]))
                .toList();
        for (int place = 0; place < places.length; place++) {
            places[line.get(place)] = place;
        }
        return places;
    }

    private static List<Leg> legs(Distance distance, Wave wave, double seconds, SplittableRandom random) {
        boolean givesUp = random.nextDouble() < wave.notFinishing();
        int number = distance.runnersAnEntry();
        int unlucky = random.nextInt(number);
        double share = random.nextDouble();
        List<Leg> legs = new ArrayList<>(number);
        for (int i = 0; i < number; i++) {
            double part = distance.relay()
                    ? distance.legsMetres().get(i)
                            / distance.lengthMetres()
                            * (1 + LEG_SPREAD * Math.clamp(random.nextGaussian(), -MOST_DEVIATIONS, MOST_DEVIATIONS))
                    : 1;
            legs.add(new Leg(
                    Math.round(seconds * part * 1e9),
                    random.nextDouble(-MOST_KICK, MOST_KICK),
                    random.nextDouble(),
                    wave.chips().pick(random.nextDouble()),
                    givesUp && i == unlucky ? share : 1,
                    Math.round(1e9 * random.nextDouble(LEAST_HAND_OVER_SECONDS, MOST_HAND_OVER_SECONDS)),
                    random.nextLong()));
        }
        return legs;
    }
}
