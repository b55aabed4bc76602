package org.matgate.simulator.race;

import java.util.OptionalLong;

/**
 * How wrong times may be in a race that asks for it; nanoseconds.
 *
 * @param medianErrorStamping of reads of readers that stamp by themselves
 * @param medianErrorOthers of reads of all other readers
 * @param gunError of each start gun
 */
public record TimeLimits(OptionalLong medianErrorStamping, OptionalLong medianErrorOthers, OptionalLong gunError) {
    /** Nothing is asked for. */
    public static final TimeLimits NONE =
            new TimeLimits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
}
