package org.matgate.simulator.referee;

import java.util.List;
import java.util.Optional;
import org.matgate.simulator.race.RaceClock;

/**
 * What is known of the race besides what readers put on the wire.
 *
 * @param durationNanos how long the race clock ran
 * @param clock which the race kept
 * @param askedSpeed seconds of the race a second at most
 * @param usage what the boxes used, as far as the system told
 * @param truth how it truly went, if that is known
 */
public record RaceRecord(
        long durationNanos, RaceClock clock, double askedSpeed, List<BoxUsage> usage, Optional<RaceTruth> truth) {
    /** Of which nothing is known. */
    public static final RaceRecord NONE = new RaceRecord(0, RaceClock.realTime(0), 1, List.of(), Optional.empty());

    public RaceRecord {
        usage = List.copyOf(usage);
    }

    /** How fast the race was. */
    RaceSpeed speed() {
        long end = clock.monotonicNanos(durationNanos);
        long lasted = end - clock.pieces().getFirst().monotonicNanos();
        return new RaceSpeed(askedSpeed, end == RaceClock.NOT_YET || lasted <= 0 ? 0 : durationNanos / (double) lasted);
    }

    /** The race clock at a moment of this machine's CLOCK_MONOTONIC, nanoseconds after its start. */
    long raceNanos(long monotonicNanos) {
        return clock.raceNanos(monotonicNanos);
    }

    /** How much the race clock may be off at a moment of which CLOCK_MONOTONIC may be off by so much. */
    long raceUncertaintyNanos(long monotonicNanos, long uncertaintyNanos) {
        long at = raceNanos(monotonicNanos);
        return Math.max(
                raceNanos(monotonicNanos + uncertaintyNanos) - at, at - raceNanos(monotonicNanos - uncertaintyNanos));
    }
}
