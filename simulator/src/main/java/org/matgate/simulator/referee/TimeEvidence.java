package org.matgate.simulator.referee;

import java.util.List;
import java.util.Set;
import org.matgate.simulator.race.TimeLimits;

/**
 * What a referee judges times by, besides the reads.
 *
 * @param stamping the mats whose readers stamp by themselves
 * @param inTerminals the mats that are plugged into pseudo-terminals
 * @param guns those that were fired, in their order
 * @param heldGuns those that the engine holds
 * @param boots of all boxes
 */
public record TimeEvidence(
        Set<String> stamping,
        Set<String> inTerminals,
        TimeLimits limits,
        List<TruthGun> guns,
        List<HeldGun> heldGuns,
        List<BoxBoot> boots) {
    /** Of nothing but reads. */
    static final TimeEvidence NONE =
            new TimeEvidence(Set.of(), Set.of(), TimeLimits.NONE, List.of(), List.of(), List.of());

    public TimeEvidence {
        stamping = Set.copyOf(stamping);
        inTerminals = Set.copyOf(inTerminals);
        guns = List.copyOf(guns);
        heldGuns = List.copyOf(heldGuns);
        boots = List.copyOf(boots);
    }
}
