package org.matgate.simulator.field;

import java.util.random.RandomGenerator;
import org.matgate.protocol.Chip;
import org.matgate.simulator.race.ChipCondition;
import org.matgate.simulator.race.Crossing;
import org.matgate.simulator.race.Lingering;
import org.matgate.simulator.race.Person;

/**
 * A chip within reach of a mat: one crossing or one lingering, as that mat sees it. Not thread-safe. Times are nanoseconds
 * on the race clock.
 */
final class Pass {
    private static final double RUNNERS_CHEST_METRES = 1.2;
    private static final double CHAIR_CHEST_METRES = 0.8;

    /** Who stands on a mat stands so far behind its line. */
    private static final double STANDS_METRES = 0.3;

    private static final double COVERED_DB = 8;
    private static final double BENT_DB = 9;

    /** How much chips, and how they are worn, differ. */
    private static final double CHIP_SPREAD_DB = 2;

    /** What the wearer's own body takes away once the mat is behind it. */
    private static final double OWN_BODY_DB = 10;

    /** Over this way the body comes between mat and chest. */
    private static final double TURNING_METRES = 0.5;

    private final Chip uhfChip;
    private final Chip ipicoChip;
    private final double across;
    private final double metresPerSecond;
    private final double nearestMetres;
    private final boolean crosses;
    private final long middleNanos;
    private final long standsNanos;
    private final double heightMetres;
    private final double ownLossDb;
    private final double behindMetres;

    final long fromNanos;
    final long untilNanos;
    /** What others in between take away; known once it comes in view. */
    double shadowDb;

    /** @param behindMetres how far behind the line of the timing point the mat lies */
    Pass(Crossing crossing, double behindMetres, RandomGenerator random) {
        this.uhfChip = crossing.runner().uhfChip();
        this.ipicoChip = crossing.runner().ipicoChip();
        this.across = crossing.across();
        this.metresPerSecond = Math.max(FieldSpread.SLOWEST_METRES_PER_SECOND, crossing.metresPerSecond());
        this.nearestMetres = 0;
        this.crosses = true;
        this.middleNanos = crossing.atNanos();
        this.standsNanos = crossing.standsNanos();
        this.heightMetres = crossing.runner().person() == Person.WHEELCHAIR ? CHAIR_CHEST_METRES : RUNNERS_CHEST_METRES;
        this.ownLossDb = loss(crossing.runner().chipCondition(), random);
        this.behindMetres = behindMetres;
        // The race clock starts at 0: nobody is seen before it.
        this.fromNanos = Math.max(0, middleNanos + nanos(behindMetres - AntennaField.REACH_METRES));
        this.untilNanos = middleNanos + nanos(behindMetres + AntennaField.REACH_METRES) + standsNanos;
    }

    /** @param behindMetres how far behind the line of the timing point the mat lies */
    Pass(Lingering lingering, double behindMetres, RandomGenerator random) {
        this.uhfChip = lingering.uhfChip();
        this.ipicoChip = lingering.ipicoChip();
        this.across = lingering.across();
        this.metresPerSecond = lingering.metresPerSecond();
        this.nearestMetres = lingering.nearestMetres();
        this.crosses = false;
        this.middleNanos = lingering.fromNanos() + (lingering.untilNanos() - lingering.fromNanos()) / 2;
        this.standsNanos = 0;
        this.heightMetres = RUNNERS_CHEST_METRES;
        this.ownLossDb = loss(lingering.chipCondition(), random);
        this.behindMetres = behindMetres;
        this.fromNanos = Math.max(0, lingering.fromNanos());
        this.untilNanos = lingering.untilNanos();
    }

    /** How long before the crossing of a line a chip can come in view at most. */
    static long longestLeadNanos() {
        return Math.round(AntennaField.REACH_METRES / FieldSpread.SLOWEST_METRES_PER_SECOND * 1e9);
    }

    private long nanos(double metres) {
        return Math.round(metres / metresPerSecond * 1e9);
    }

    private static double loss(ChipCondition condition, RandomGenerator random) {
        double usual = CHIP_SPREAD_DB * random.nextGaussian();
        return switch (condition) {
            case WELL_PLACED -> usual;
            case COVERED -> COVERED_DB + usual;
            case BENT -> BENT_DB + usual;
            case DEAD -> Double.POSITIVE_INFINITY;
        };
    }

    Chip chip(boolean ipico) {
        return ipico ? ipicoChip : uhfChip;
    }

    /** Metres before (negative) or behind the mat. */
    private double along(long nanos) {
        double seconds = (nanos - middleNanos) * 1e-9;
        if (!crosses) {
            double away = metresPerSecond * Math.abs(seconds);
            return nearestMetres + (nearestMetres < 0 ? -away : away) - behindMetres;
        }
        double metres = metresPerSecond * seconds;
        if (standsNanos > 0 && metres > STANDS_METRES) {
            metres = Math.max(STANDS_METRES, metres - metresPerSecond * standsNanos * 1e-9);
        }
        return metres - behindMetres;
    }

    /** What is lost between an antenna (0, 1, …) and the chip at this moment, in dB. */
    double lossDb(AntennaField field, int antenna, long nanos) {
        double along = along(nanos);
        double body = OWN_BODY_DB * Math.clamp(along / TURNING_METRES, 0, 1);
        return field.pathLossDb(antenna, across, along, heightMetres) + body + ownLossDb + shadowDb;
    }
}
