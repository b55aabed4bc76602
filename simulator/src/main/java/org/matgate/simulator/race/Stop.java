package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A timing point that the runners of a distance come by.
 *
 * @param metres from the start of the distance
 * @param limitNanos after the gun, for the first time that a runner comes by; {@code Long.MAX_VALUE}: none
 */
record Stop(String timingPoint, double metres, long limitNanos) {
    /** All of a distance, in the order in which they are reached. */
    static List<Stop> of(Distance distance, List<TimingPoint> points) {
        List<Stop> stops = new ArrayList<>();
        for (TimingPoint point : points) {
            long limit = distance.limitsNanos().getOrDefault(point.name(), Long.MAX_VALUE);
            for (double metres : point.metres(distance)) {
                stops.add(new Stop(point.name(), metres, limit));
            }
        }
        stops.sort(Comparator.comparingDouble(Stop::metres));
        return stops;
    }
}
