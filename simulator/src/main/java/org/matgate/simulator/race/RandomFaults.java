package org.matgate.simulator.race;

import java.util.List;
import org.matgate.simulator.fault.FaultKind;

/**
 * Faults that are drawn under the seed. Times are nanoseconds, moments count from the race clock's start.
 *
 * @param kinds that may be drawn, each as likely as the others
 * @param count how many there will be
 * @param shortestNanos how long those last at least that begin and end
 * @param mats that may be struck
 * @param boxes that may be struck
 */
public record RandomFaults(
        List<FaultKind> kinds,
        int count,
        long fromNanos,
        long untilNanos,
        long shortestNanos,
        long longestNanos,
        List<String> mats,
        List<String> boxes) {
    public RandomFaults {
        kinds = List.copyOf(kinds);
        mats = List.copyOf(mats);
        boxes = List.copyOf(boxes);
    }
}
