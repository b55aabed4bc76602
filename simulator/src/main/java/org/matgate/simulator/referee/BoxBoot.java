package org.matgate.simulator.referee;

import java.util.Set;
import java.util.UUID;
import org.matgate.protocol.stream.Event.ClockSource;

/**
 * A boot of a box.
 *
 * @param fromNanos when it began, on this machine's CLOCK_MONOTONIC
 * @param untilNanos when the next one began; Long.MAX_VALUE: never
 * @param vouchers all that vouch for some of its time, by what the engine holds
 */
public record BoxBoot(String box, UUID bootId, long fromNanos, long untilNanos, Set<ClockSource> vouchers) {
    public BoxBoot {
        vouchers = Set.copyOf(vouchers);
    }
}
