package org.matgate.simulator.referee;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Event.ClockState;
import org.matgate.protocol.stream.Gap;
import org.matgate.protocol.stream.Stamp;
import org.matgate.protocol.stream.UtcTimeline;
import org.matgate.simulator.clock.BootClock;

/** What the times of boxes mean: in UTC by all that an engine knows, and on this machine's clock. Not thread-safe. */
final class BoxTimes {
    private final UtcTimeline timeline = new UtcTimeline();
    private final Map<UUID, BootClock> boots = new HashMap<>();
    private final Map<UUID, Set<ClockSource>> vouchers = new HashMap<>();

    /** @param boots of simulated clocks; of all others the clocks are this machine's */
    BoxTimes(List<BootClock> boots) {
        boots.forEach(boot -> this.boots.put(boot.bootId(), boot));
    }

    void add(ClockState piece) {
        timeline.add(piece);
        if (piece.source() != ClockSource.NONE) {
            vouchers.computeIfAbsent(piece.stamp().bootId(), boot -> EnumSet.noneOf(ClockSource.class))
                    .add(piece.source());
        }
    }

    /** Who vouches for some of a boot. */
    Set<ClockSource> vouchers(UUID bootId) {
        return vouchers.getOrDefault(bootId, Set.of());
    }

    /** To be asked when all pieces are added. */
    HeldTime time(Stamp stamp) {
        Stamp restated = timeline.restate(stamp);
        return new HeldTime(
                stamp.bootId(),
                stamp.utcNanos(),
                restated.utcNanos(),
                restated.uncertaintyNanos(),
                timeline.source(stamp));
    }

    /** This machine's CLOCK_MONOTONIC at a moment of a box's. */
    long machineNanos(UUID bootId, long monotonicNanos) {
        @Nullable BootClock boot = boots.get(bootId);
        return boot == null ? monotonicNanos : boot.machineOf(monotonicNanos);
    }

    /** The gap on this machine's CLOCK_MONOTONIC; one that began before the boot stays open to the past. */
    Gap onThisMachine(UUID bootId, Gap gap) {
        return new Gap(
                gap.cause(),
                gap.fromMonotonicNanos() == 0 ? 0 : machineNanos(bootId, gap.fromMonotonicNanos()),
                machineNanos(bootId, gap.untilMonotonicNanos()),
                gap.fromUtcNanos(),
                gap.untilUtcNanos(),
                gap.count());
    }
}
