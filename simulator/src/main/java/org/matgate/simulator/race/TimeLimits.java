package org.matgate.simulator.race;

import java.util.OptionalLong;

/**
 * How wrong times may be in a race that asks for it; nanoseconds.
 *
 * @param medianErrorStamping of reads of readers that stamp by themselves
 * @param medianErrorOthers of reads of all other readers
 * @param gunError of each start gun
 * @param shortLives whether boxes are killed every few seconds, their clocks are right in the end and their readers are
 *     well: no long race's slow recoveries are to be excused, but boxes hardly get to know their readers' clocks
 */
public record TimeLimits(
        OptionalLong medianErrorStamping, OptionalLong medianErrorOthers, OptionalLong gunError, boolean shortLives) {
    /** Nothing is asked for. */
    public static final TimeLimits NONE =
            new TimeLimits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    /** Nothing is asked for, of boxes that are killed every few seconds. */
    public static final TimeLimits OF_SHORT_LIVES =
            new TimeLimits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), true);

    public TimeLimits(OptionalLong medianErrorStamping, OptionalLong medianErrorOthers, OptionalLong gunError) {
        this(medianErrorStamping, medianErrorOthers, gunError, false);
    }
}
