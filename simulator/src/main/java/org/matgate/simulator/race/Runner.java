package org.matgate.simulator.race;

import java.util.OptionalLong;
import org.matgate.protocol.Chip;

/**
 * Who is entered, and how it truly goes. Times are nanoseconds after the race clock's start, and true also where no mat
 * lies.
 *
 * @param bib unique in the race
 * @param team of a relay, 1, 2, … in its distance; 0: runs alone
 * @param leg of a relay, 1, 2, …; 0: runs alone
 * @param uhfChip a 96-bit EPC
 * @param ipicoChip six bytes
 * @param gunNanos the gun that counts for this runner
 * @param startNanos when the runner crosses the start line, or as the next of a relay the line of the exchange; before
 *     the gun if the runner starts too early; empty: never
 * @param finishNanos when the runner crosses the finish line, or the line of the exchange as the leg ends; empty: never
 */
public record Runner(
        int bib,
        int team,
        int leg,
        String distance,
        String wave,
        Person person,
        Chip uhfChip,
        Chip ipicoChip,
        ChipCondition chipCondition,
        Status status,
        long gunNanos,
        OptionalLong startNanos,
        OptionalLong finishNanos) {
    /** How the race ends for a runner. */
    public enum Status {
        /** Never came; or, in a relay, was never handed over to. */
        DNS,
        /** Gave up on the way, or was still on the way when the race clock ended. */
        DNF,
        /** Came too late to a timing point with a limit and was taken off the course there. */
        STOPPED,
        /** Finished after the limit. */
        LATE,
        /** Finished in time, or the leg of a relay. */
        FINISHED
    }

    /** Whether the runner was on the way more than so many nanoseconds before the gun. */
    public boolean startedEarly(long nanos) {
        return startNanos.isPresent() && startNanos.getAsLong() < gunNanos - nanos && leg <= 1;
    }
}
