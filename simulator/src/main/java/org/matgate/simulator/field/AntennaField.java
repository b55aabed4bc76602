package org.matgate.simulator.field;

/**
 * What reaches a chip above a mat, and what comes back: antennas that lie side by side on the ground and look up, each
 * with a lobe. All figures and where they are from stand in FIELD.md. Thread-safe.
 *
 * @param antennas how many lie side by side across the course
 */
record AntennaField(int antennas) {
    /** From the middle of one antenna to that of the next. */
    private static final double PITCH_METRES = 1.0;

    /** Beyond this along the course no chip has power enough to answer. */
    static final double REACH_METRES = 2.5;

    /** At half of this angle to its axis an antenna sends half of its power. */
    private static final double BEAM_WIDTH_DEGREES = 70;

    /** The lobe as a power of the angle's cosine. */
    private static final double LOBE = Math.log(0.5) / Math.log(Math.cos(Math.toRadians(BEAM_WIDTH_DEGREES / 2)));

    /** What a well placed chip a metre above an antenna gets more than it needs. */
    private static final double MARGIN_AT_ONE_METRE_DB = 18;

    /** What comes back of it to the reader. */
    private static final double DBM_AT_ONE_METRE = -48;

    /** Around the point at which half of all attempts succeed. */
    private static final double CHANCE_SLOPE_DB = 1.5;

    private static final double WEAKEST_DBM = -85;
    private static final double STRONGEST_DBM = -25;

    /**
     * What is lost on the way to a chip, against one a metre above the antenna; below 0 if it is nearer.
     *
     * @param antenna 0, 1, …: which of them, from one side of the course
     * @param across where on the width the chip is, 0 to 1; less or more beside it
     * @param along metres before (negative) or behind the mat
     * @param height metres above the mat, more than 0
     */
    double pathLossDb(int antenna, double across, double along, double height) {
        double aside = (antenna + 0.5 - across * antennas) * PITCH_METRES;
        double squared = aside * aside + along * along + height * height;
        // 20 dB a decade of the distance, and the lobe: 10 dB a decade of a power of the cosine, height / distance.
        return 10 * Math.log10(squared) + 5 * LOBE * Math.log10(squared / (height * height));
    }

    /**
     * The chance that a chip has power enough to answer, 0 to 1.
     *
     * @param lossDb on the way to it, all together
     */
    static double chance(double lossDb) {
        return 1 / (1 + Math.exp((lossDb - MARGIN_AT_ONE_METRE_DB) / CHANCE_SLOPE_DB));
    }

    /** The strength in dBm of what comes back over the same way. */
    static double rssiDbm(double lossDb) {
        return Math.clamp(DBM_AT_ONE_METRE - 2 * lossDb, WEAKEST_DBM, STRONGEST_DBM);
    }
}
