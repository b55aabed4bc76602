package org.matgate.simulator.referee;

import java.util.List;
import java.util.SequencedMap;
import org.matgate.simulator.fault.Happening;

/**
 * All that a referee judges by.
 *
 * @param scenario the race's name
 * @param version of the simulator, such as {@code matsim 0.1.0}
 * @param boxOfMat every mat's name, in the order in which to tell of them, with the box that it is plugged into
 * @param truth what was put on the wire
 * @param happenings what truly went wrong, in the order of time
 * @param engine the reads that the engine holds
 * @param gaps the gap events that the engine holds
 * @param boxes the reads that the boxes' journals hold
 * @param times what times are judged by
 * @param race what is known of the race itself
 */
public record Evidence(
        String scenario,
        long seed,
        String version,
        SequencedMap<String, String> boxOfMat,
        List<TruthRead> truth,
        List<Happening> happenings,
        List<HeldRead> engine,
        List<HeldGap> gaps,
        List<HeldRead> boxes,
        TimeEvidence times,
        RaceRecord race) {
    public Evidence {
        truth = List.copyOf(truth);
        happenings = List.copyOf(happenings);
        engine = List.copyOf(engine);
        gaps = List.copyOf(gaps);
        boxes = List.copyOf(boxes);
    }

    /** True UTC less this machine's CLOCK_MONOTONIC, which is one number all along; nanoseconds. */
    long utcMinusMonotonic() {
        if (truth.isEmpty()) {
            return 0;
        }
        TruthRead any = truth.getFirst();
        return any.sightedUtcNanos() - any.read().sightedMonotonicNanos();
    }
}
