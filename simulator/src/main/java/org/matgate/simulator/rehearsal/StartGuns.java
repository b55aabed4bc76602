package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.race.StartGun;
import org.matgate.simulator.referee.TruthGun;

/**
 * Fires start guns: puts the edges of their contacts where the boxes find them as a kernel would tell of them, with the
 * moment of each. Thread-safe.
 */
final class StartGuns {
    /** What the line is called, in the boxes' configuration too. */
    static final String LINE = "GUN";

    /** A contact that closes bounces for no longer than this. */
    private static final long BOUNCING_NANOS = 1_500_000;

    private final SimClock clock;
    private final SplittableRandom random;
    private final List<TruthGun> fired = new ArrayList<>();
    /** How many edges each box's line has had. */
    private final Map<Path, Long> edges = new HashMap<>();

    StartGuns(SimClock clock, long seed) {
        this.clock = clock;
        this.random = new SplittableRandom(seed);
    }

    /** Makes the files through which a box and its pins meet. */
    static void prepare(Path pins) throws IOException {
        Files.createDirectories(pins);
        Files.writeString(pins.resolve("in"), "");
    }

    /**
     * Fires it. All its edges are told at once, as a busy kernel hands them over: it is their own times that count.
     *
     * @param pins of its box
     * @param monotonicNanos when it goes off, by now past
     */
    synchronized void fire(StartGun gun, Path pins, long monotonicNanos) throws IOException {
        TreeMap<Long, Integer> levels = new TreeMap<>();
        levels.put(monotonicNanos, 1);
        long at = monotonicNanos;
        long longest = BOUNCING_NANOS / (2L * Math.max(1, gun.bounces()));
        for (int i = 0; i < gun.bounces(); i++) {
            at += random.nextLong(longest / 4, longest);
            levels.put(at, 0);
            at += random.nextLong(longest / 4, longest);
            levels.put(at, 1);
        }
        levels.put(monotonicNanos + gun.pulseNanos(), 0);
        StringBuilder lines = new StringBuilder();
        levels.forEach((moment, level) -> lines.append(moment)
                .append(' ')
                .append(LINE)
                .append(' ')
                .append(level)
                .append(' ')
                .append(edges.merge(pins, 1L, Long::sum))
                .append('\n'));
        Files.writeString(pins.resolve("in"), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        fired.add(new TruthGun(gun.box(), monotonicNanos, clock.utcNanos(monotonicNanos), clock.monotonicNanos()));
    }

    /** All so far, in their order. */
    synchronized List<TruthGun> fired() {
        return List.copyOf(fired);
    }
}
