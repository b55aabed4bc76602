package org.matgate.simulator.race;

import org.matgate.protocol.Chip;

/**
 * Who runs, and how.
 *
 * @param bib 1, 2, … over all distances
 * @param uhfChip a 96-bit EPC
 * @param ipicoChip six bytes
 * @param startAfterGunNanos from the gun to the start line
 * @param chipTimeNanos from the start line to the finish
 * @param kick how much faster the first half is run than the second, -0.2 to 0.2
 * @param across where on the course's width the runner runs, 0 to 1
 */
public record Runner(
        int bib,
        Chip uhfChip,
        Chip ipicoChip,
        long startAfterGunNanos,
        long chipTimeNanos,
        double kick,
        double across) {
    /** When this share of the distance (0 to 1) is behind the runner, nanoseconds after the start line. */
    long reaches(double share) {
        return Math.round(chipTimeNanos * (share - kick * share * (1 - share)));
    }

    /** The speed there, in shares of the distance a second. */
    double speed(double share) {
        return 1e9 / (chipTimeNanos * (1 - kick * (1 - 2 * share)));
    }
}
