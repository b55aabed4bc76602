package org.matgate.simulator.field;

import org.matgate.simulator.race.Crossing;

/** How far from the moment of its crossing a chip may be read: what no timing system can know. */
public final class FieldSpread {
    /** The backup line lies this far behind the main one. */
    static final double BACKUP_METRES = 1.0;

    /** Nobody is taken for slower, so that it is known how long before a crossing a chip can come in view. */
    static final double SLOWEST_METRES_PER_SECOND = 0.5;

    private FieldSpread() {}

    /** From the crossing to the first or last possible read on the main line; nanoseconds. */
    public static long nanos(Crossing crossing) {
        return Math.round(AntennaField.REACH_METRES / speed(crossing) * 1e9) + crossing.standsNanos();
    }

    /** From one line to the other, nanoseconds. */
    public static long backupNanos(Crossing crossing) {
        return Math.round(BACKUP_METRES / speed(crossing) * 1e9);
    }

    private static double speed(Crossing crossing) {
        return Math.max(SLOWEST_METRES_PER_SECOND, crossing.metresPerSecond());
    }
}
