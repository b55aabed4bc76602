package org.matgate.simulator.referee;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.matgate.protocol.stream.Stamp;
import org.matgate.simulator.referee.RaceTruth.WaveName;
import org.matgate.simulator.results.GunTime;

/**
 * Which gun a timekeeper takes for each wave: of each box the one that it heard nearest to the announced time, as another
 * may be somebody's who tried the line; of several boxes' the one that is surest. Not thread-safe.
 */
final class GunBook {
    /** Further from the announced time it is another wave's, or somebody's who tried it out. */
    private static final long ABOUT_NANOS = 60_000_000_000L;

    private final Map<WaveName, GunTime> guns = new HashMap<>();

    GunBook(Evidence evidence, RaceTruth race) {
        Map<WaveName, Map<String, GunTime>> heard = new HashMap<>();
        for (HeldGun held : evidence.times().heldGuns()) {
            if (held.withinLockout() || held.time().uncertaintyNanos() == Stamp.UNSYNCHRONISED) {
                continue;
            }
            long machine = held.time().utcNanos() - evidence.utcMinusMonotonic();
            long at = evidence.race().raceNanos(machine);
            long uncertainty =
                    evidence.race().raceUncertaintyNanos(machine, held.time().uncertaintyNanos());
            GunTime gun = new GunTime(at, uncertainty, true);
            long nearest = race.announced().values().stream()
                    .min(Comparator.comparingLong(announced -> Math.abs(announced - at)))
                    .orElse(Long.MIN_VALUE);
            race.announced().forEach((wave, announced) -> {
                if (announced == nearest && Math.abs(announced - at) <= ABOUT_NANOS) {
                    heard.computeIfAbsent(wave, name -> new HashMap<>())
                            .merge(held.timingPoint(), gun, BinaryOperator.minBy(nearestTo(announced)));
                }
            });
        }
        race.announced()
                .forEach((wave, announced) -> guns.put(
                        wave,
                        heard.getOrDefault(wave, Map.of()).values().stream()
                                .min(Comparator.comparingLong(GunTime::uncertaintyNanos)
                                        .thenComparing(nearestTo(announced)))
                                .orElse(new GunTime(announced, 0, false))));
    }

    private static Comparator<GunTime> nearestTo(long announcedNanos) {
        return Comparator.comparingLong(gun -> Math.abs(gun.atNanos() - announcedNanos));
    }

    GunTime of(String distance, String wave) {
        GunTime gun = guns.get(new WaveName(distance, wave));
        if (gun == null) {
            throw new IllegalArgumentException("no wave " + wave + " of " + distance);
        }
        return gun;
    }

    /** How many waves have one that was heard. */
    int heard() {
        return (int) guns.values().stream().filter(GunTime::heard).count();
    }

    /** How many go by the announced time. */
    int announced() {
        return guns.size() - heard();
    }
}
