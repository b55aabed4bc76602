package org.matgate.simulator.race;

import java.util.OptionalLong;

/**
 * How wrong times may be in a race that asks for it; nanoseconds.
 *
 * @param medianErrorStamping of reads of readers that stamp by themselves
 * @param medianErrorOthers of reads of all other readers
 * @param gunError of each start gun
 * @param anyUncertainty whether a stated uncertainty may be as large as it likes
 */
public record TimeLimits(
        OptionalLong medianErrorStamping,
        OptionalLong medianErrorOthers,
        OptionalLong gunError,
        boolean anyUncertainty) {
    /** Nothing is asked for. */
    public static final TimeLimits NONE =
            new TimeLimits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    /** Nothing is asked for, of boxes that are killed every few seconds and hardly get to know their readers' clocks. */
    public static final TimeLimits OF_SHORT_LIVES =
            new TimeLimits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), true);

    public TimeLimits(OptionalLong medianErrorStamping, OptionalLong medianErrorOthers, OptionalLong gunError) {
        this(medianErrorStamping, medianErrorOthers, gunError, false);
    }
}
