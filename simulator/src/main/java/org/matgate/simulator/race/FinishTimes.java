package org.matgate.simulator.race;

import java.util.random.RandomGenerator;

/** How chip times are distributed. */
public sealed interface FinishTimes {
    /** How much a slow tail is drawn out: the standard deviation of the logarithm. */
    double TAIL = 0.5;

    /** How many standard deviations a runner may be from the mean. */
    double MOST_DEVIATIONS = 3;

    /** The time of the winner, or of somebody in the middle where that one is drawn; seconds. */
    double usual();

    /** A chip time in seconds, more than 0. */
    double draw(RandomGenerator random);

    /** Around a mean, no further than three standard deviations away; seconds, {@code mean > 3 * sd}. */
    record Normal(double mean, double sd) implements FinishTimes {
        @Override
        public double usual() {
            return mean;
        }

        @Override
        public double draw(RandomGenerator random) {
            return mean + sd * Math.clamp(random.nextGaussian(), -MOST_DEVIATIONS, MOST_DEVIATIONS);
        }
    }

    /** From the winner's time on, half of them under the median, with a tail of the slow; seconds. */
    record Skewed(double min, double median) implements FinishTimes {
        @Override
        public double usual() {
            return min;
        }

        @Override
        public double draw(RandomGenerator random) {
            double deviation = Math.clamp(random.nextGaussian(), -MOST_DEVIATIONS, MOST_DEVIATIONS);
            return min + (median - min) * Math.exp(TAIL * deviation);
        }
    }
}
