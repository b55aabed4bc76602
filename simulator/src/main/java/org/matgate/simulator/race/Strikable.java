package org.matgate.simulator.race;

import java.util.List;

/**
 * What a fault of a scenario can strike.
 *
 * @param distanceNames of all distances, as {@code matNames} of all mats
 * @param boxes names of the timing points that have mats
 * @param gunsKnown whether all distances and waves tell their guns
 * @param durationNanos of the race; 0 if that is not known
 */
record Strikable(
        List<Distance> distances,
        Names distanceNames,
        Names matNames,
        Names boxes,
        boolean gunsKnown,
        long durationNanos) {
    static Strikable of(
            TomlSection root, List<Distance> distances, List<TimingPoint> points, List<Mat> mats, long durationNanos) {
        List<String> boxes = points.stream()
                .map(TimingPoint::name)
                .filter(box -> mats.stream().anyMatch(mat -> mat.timingPoint().equals(box)))
                .toList();
        return new Strikable(
                distances,
                Names.of(root, "distance"),
                Names.of(root, "mat"),
                Names.of(root, "timing_point")
                        .only(
                                boxes,
                                root.has("mat")
                                        && root.allSound("mat", "timing_point")
                                        // A distance without a finish lacks a mat there, and so a box.
                                        && root.allSound("distance", "name")),
                root.allSound("distance", "gun") && root.allSound("wave", "gun"),
                durationNanos);
    }
}
