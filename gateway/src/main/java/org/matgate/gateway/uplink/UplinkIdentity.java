package org.matgate.gateway.uplink;

import java.util.List;
import java.util.UUID;

/**
 * What the box says of itself to every engine.
 *
 * @param box the box's name
 * @param software name and version, such as {@code matgate 0.1.0}
 * @param timingPoints what the box's readers time
 * @param bootId the kernel's id of the present boot
 * @param simulated whether the box runs on a simulated clock or simulated pins
 */
public record UplinkIdentity(String box, String software, List<String> timingPoints, UUID bootId, boolean simulated) {
    public UplinkIdentity {
        timingPoints = List.copyOf(timingPoints);
    }
}
