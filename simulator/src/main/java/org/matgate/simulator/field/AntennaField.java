package org.matgate.simulator.field;

import java.util.random.RandomGenerator;

/**
 * How strongly an antenna in the mat hears a chip on a runner's chest, and how likely it then reads it. Free-space loss
 * with a body in the way: simple, but with the shape of the real thing.
 *
 * @param antennas how many lie side by side across the course
 */
record AntennaField(int antennas) {
    /** From the middle of one antenna to that of the next. */
    private static final double PITCH_METRES = 1.0;

    /** From mat to chest. */
    private static final double CHIP_HEIGHT_METRES = 1.2;

    /** Beyond this along the course no chip has power enough to answer. */
    static final double REACH_METRES = 1.8;

    private static final double DBM_AT_ONE_METRE = -50;
    private static final double LOSS_DB_PER_DECADE = 30;
    private static final double NOISE_DB = 2.5;

    /** Half of the attempts at this strength succeed. */
    private static final double EVEN_CHANCE_DBM = -62;

    private static final double CHANCE_SLOPE_DB = 2.5;

    private static final double WEAKEST_DBM = -85;
    private static final double STRONGEST_DBM = -30;

    /**
     * The strength in dBm, with noise.
     *
     * @param antenna 0, 1, …: which of them, from one side of the course
     * @param across where on the width the runner is, 0 to 1
     * @param along metres before (negative) or behind the mat
     */
    double rssiDbm(int antenna, double across, double along, RandomGenerator random) {
        double aside = (antenna + 0.5 - across * antennas) * PITCH_METRES;
        double metres = Math.sqrt(aside * aside + along * along + CHIP_HEIGHT_METRES * CHIP_HEIGHT_METRES);
        double dbm = DBM_AT_ONE_METRE - LOSS_DB_PER_DECADE * Math.log10(metres) + NOISE_DB * random.nextGaussian();
        return Math.clamp(dbm, WEAKEST_DBM, STRONGEST_DBM);
    }

    /** The chance that an attempt at this strength reads the chip, 0 to 1. */
    static double chance(double rssiDbm) {
        return 1 / (1 + Math.exp((EVEN_CHANCE_DBM - rssiDbm) / CHANCE_SLOPE_DB));
    }
}
