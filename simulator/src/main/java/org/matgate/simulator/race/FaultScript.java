package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.List;
import org.matgate.simulator.fault.Fault;

/**
 * What is to go wrong, as it is written in a scenario.
 *
 * @param written one by one
 * @param random to be drawn
 */
public record FaultScript(List<Fault> written, List<RandomFaults> random) {
    public FaultScript {
        written = List.copyOf(written);
        random = List.copyOf(random);
    }

    /** All faults of a race with this seed. The same seed gives the same. */
    List<Fault> faults(List<Mat> mats, List<Distance> distances, long seed) {
        List<Fault> all = new ArrayList<>(written);
        for (int i = 0; i < random.size(); i++) {
            new FaultDraw(random.get(i), mats, distances, Seeds.random(seed, "random faults", i)).addTo(all);
        }
        return all;
    }
}
