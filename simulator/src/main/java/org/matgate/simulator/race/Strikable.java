package org.matgate.simulator.race;

import java.util.List;

/**
 * What a fault of a scenario can strike.
 *
 * @param points names of all timing points, as {@code boxes} are those that have mats
 * @param durationNanos of the race; 0 if that is not known
 */
record Strikable(
        List<Distance> distances, List<String> points, List<Mat> mats, List<String> boxes, long durationNanos) {
    static Strikable of(List<Distance> distances, List<TimingPoint> points, List<Mat> mats, long durationNanos) {
        List<String> names = points.stream().map(TimingPoint::name).toList();
        List<String> boxes = names.stream()
                .filter(box -> mats.stream().anyMatch(mat -> mat.timingPoint().equals(box)))
                .toList();
        return new Strikable(distances, names, mats, boxes, durationNanos);
    }

    /** Names of all mats. */
    List<String> matNames() {
        return mats.stream().map(Mat::name).toList();
    }

    /** Names of all distances. */
    List<String> distanceNames() {
        return distances.stream().map(Distance::name).toList();
    }
}
