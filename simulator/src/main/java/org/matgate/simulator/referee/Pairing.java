package org.matgate.simulator.referee;

/** Pairs two ascending lists of moments in order, so that the differences are smallest. */
final class Pairing {
    /** Beyond this many combinations the shorter list is paired with the beginning of the longer one. */
    private static final long MOST_CELLS = 4_000_000;

    private Pairing() {}

    /**
     * For each of {@code shorter} the index of its partner in {@code longer}, ascending.
     *
     * @param longer at least as long as {@code shorter}
     */
    static int[] nearest(long[] shorter, long[] longer) {
        int spare = longer.length - shorter.length;
        int[] partner = new int[shorter.length];
        if (spare == 0 || (long) shorter.length * (spare + 1) > MOST_CELLS) {
            for (int i = 0; i < partner.length; i++) {
                partner[i] = i;
            }
            return partner;
        }
        // best[k]: the least sum of differences so far, when at most k of the longer list were passed over.
        double[] best = new double[spare + 1];
        int[][] passed = new int[shorter.length][spare + 1];
        for (int i = 0; i < shorter.length; i++) {
            for (int k = 0; k <= spare; k++) {
                double cost = best[k] + Math.abs((double) (shorter[i] - longer[i + k]));
                boolean fewer = k > 0 && best[k - 1] <= cost;
                best[k] = fewer ? best[k - 1] : cost;
                passed[i][k] = fewer ? passed[i][k - 1] : k;
            }
        }
        int k = spare;
        for (int i = shorter.length - 1; i >= 0; i--) {
            k = passed[i][k];
            partner[i] = i + k;
        }
        return partner;
    }
}
