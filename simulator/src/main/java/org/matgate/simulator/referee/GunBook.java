package org.matgate.simulator.referee;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.matgate.protocol.stream.Stamp;
import org.matgate.simulator.referee.RaceTruth.WaveName;
import org.matgate.simulator.results.GunTime;

/** Which gun a timekeeper takes for each wave: the one that a box heard about the announced time. Not thread-safe. */
final class GunBook {
    /** Further from the announced time it is another wave's, or somebody's who tried it out. */
    private static final long ABOUT_NANOS = 60_000_000_000L;

    private final Map<WaveName, GunTime> guns = new HashMap<>();

    GunBook(Evidence evidence, RaceTruth race) {
        race.announced().forEach((wave, announced) -> guns.put(wave, new GunTime(announced, 0, false)));
        for (HeldGun held : evidence.times().heldGuns()) {
            if (held.withinLockout() || held.time().uncertaintyNanos() == Stamp.UNSYNCHRONISED) {
                continue;
            }
            long machine = held.time().utcNanos() - evidence.utcMinusMonotonic();
            long at = evidence.race().raceNanos(machine);
            long uncertainty =
                    evidence.race().raceUncertaintyNanos(machine, held.time().uncertaintyNanos());
            GunTime heard = new GunTime(at, uncertainty, true);
            long nearest = race.announced().values().stream()
                    .min(Comparator.comparingLong(announced -> Math.abs(announced - at)))
                    .orElse(Long.MIN_VALUE);
            race.announced().forEach((wave, announced) -> {
                if (announced == nearest && Math.abs(announced - at) <= ABOUT_NANOS) {
                    guns.merge(wave, heard, (one, other) -> better(one, other, announced));
                }
            });
        }
    }

    /** Of two boxes' the one that is surer. */
    private static GunTime better(GunTime one, GunTime other, long announcedNanos) {
        if (!one.heard()) {
            return other;
        }
        return Comparator.comparingLong(GunTime::uncertaintyNanos)
                                .thenComparingLong(gun -> Math.abs(gun.atNanos() - announcedNanos))
                                .compare(one, other)
                        <= 0
                ? one
                : other;
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
