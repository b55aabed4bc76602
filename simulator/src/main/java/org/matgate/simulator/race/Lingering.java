package org.matgate.simulator.race;

import java.util.OptionalInt;
import org.matgate.protocol.Chip;

/**
 * A chip comes near a mat and is not carried across it: a runner turns back on the mat, or a spectator stands beside it
 * with yesterday's chip. Whoever it is comes nearest in the middle of the time.
 *
 * @param bib of the runner; empty: nobody who is in the race
 * @param fromNanos when it begins, after the race clock's start
 * @param untilNanos when it is over
 * @param metresPerSecond how fast the chip comes and goes; 0: it stays where it is
 * @param nearestMetres how far it is from the mat when it is nearest, along the course; below 0: before the mat
 * @param across where on the course's width, 0 to 1; a little less or more: beside it
 */
public record Lingering(
        String timingPoint,
        Chip uhfChip,
        Chip ipicoChip,
        OptionalInt bib,
        ChipCondition chipCondition,
        long fromNanos,
        long untilNanos,
        double metresPerSecond,
        double nearestMetres,
        double across) {}
