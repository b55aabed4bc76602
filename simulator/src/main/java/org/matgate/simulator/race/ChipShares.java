package org.matgate.simulator.race;

/**
 * Which share of all chips is not well placed; together at most 1.
 *
 * @param covered from 0 to 1, as the others
 */
public record ChipShares(double covered, double bent, double dead) {
    /** Most organisers say that a few in a hundred are worn badly, and hardly one in a thousand is broken. */
    public static final ChipShares USUAL = new ChipShares(0.05, 0.02, 0.001);

    /** @param drawn evenly from 0 to 1 */
    ChipCondition pick(double drawn) {
        if (drawn < dead) {
            return ChipCondition.DEAD;
        }
        if (drawn < dead + bent) {
            return ChipCondition.BENT;
        }
        return drawn < dead + bent + covered ? ChipCondition.COVERED : ChipCondition.WELL_PLACED;
    }
}
