package org.matgate.simulator.race;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One of the distances of a race.
 *
 * @param lengthMetres from its start to its finish, all laps together
 * @param laps how often the runners go round, at least 1
 * @param legsMetres of a relay, one a runner, together its length; empty: no relay
 * @param limitNanos after its wave's gun, until when a runner has to be in the finish
 * @param limitsNanos the same for the first crossing of other timing points, by their names: who is later is stopped there
 * @param firstBib the number of its first runner; the others follow
 * @param waves at least one
 */
public record Distance(
        String name,
        double lengthMetres,
        int laps,
        List<Double> legsMetres,
        OptionalLong limitNanos,
        Map<String, Long> limitsNanos,
        int firstBib,
        List<Wave> waves) {
    /** Faster goes nobody, not even in a wheelchair downhill. */
    public static final double FASTEST_METRES_PER_SECOND = 12;

    public Distance {
        legsMetres = List.copyOf(legsMetres);
        limitsNanos = Map.copyOf(limitsNanos);
        waves = List.copyOf(waves);
    }

    /** Whether several run it one after another as a team. */
    public boolean relay() {
        return !legsMetres.isEmpty();
    }

    /** How many chips are handed out for it. */
    public int runners() {
        return waves.stream().mapToInt(Wave::entries).sum() * runnersAnEntry();
    }

    /** How many run for one entry: 1, or as many as a relay has legs. */
    public int runnersAnEntry() {
        return Math.max(1, legsMetres.size());
    }

    /** Its first gun, nanoseconds after the race clock's start. */
    public long gunNanos() {
        return waves.stream().mapToLong(Wave::gunNanos).min().orElse(0);
    }
}
