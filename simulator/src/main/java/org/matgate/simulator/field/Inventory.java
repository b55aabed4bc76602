package org.matgate.simulator.field;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.matgate.simulator.race.Course;
import org.matgate.simulator.race.Crossing;
import org.matgate.simulator.race.Lingering;
import org.matgate.simulator.race.Mat;
import org.matgate.simulator.race.Mat.Family;
import org.matgate.simulator.reader.RaceSighting;

/**
 * What one reader sees of those who come near its mat, in the order of time. The reader stays on one antenna for a
 * moment, then turns to the next. On each it asks every chip that has power enough once, in any order, one at a time: so
 * all chips in view share its rate, and in a crowd some are not asked before it turns on. The same course and seed give
 * the same sightings. It holds no more than who is in view or will soon be. Not thread-safe.
 */
public final class Inventory implements Iterator<RaceSighting> {
    /** How long the reader stays on one antenna before it turns to the next. */
    private static final long ANTENNA_NANOS = 50_000_000;

    /** The first chip answers within this of a turn to another antenna. */
    private static final long TURN_NANOS = 4_000_000;

    /** From one attempt to the next: reflections from the ground and from others. */
    private static final double FADING_DB = 2.5;

    /** How likely one other chip in view stands in the way, and how many at most count. */
    private static final double SHADOW_CHANCE = 0.015;

    private static final double MOST_SHADOW_CHANCE = 0.35;
    private static final double SHADOW_DB = 8;

    private final Mat mat;
    private final AntennaField field;
    private final SplittableRandom random;
    private final double slotNanos;
    private final double behindMetres;
    private final List<Crossing> crossings;
    private final List<Lingering> lingerings;
    private int nextCrossing;
    private int nextLingering;

    private final PriorityQueue<Pass> soon = new PriorityQueue<>(Comparator.comparingLong(pass -> pass.fromNanos));
    private final List<Pass> inView = new ArrayList<>();
    private final ArrayList<RaceSighting> said = new ArrayList<>();
    private int told;
    private long stay;
    private long freeNanos;

    private Inventory(Mat mat, List<Crossing> crossings, List<Lingering> lingerings, SplittableRandom random) {
        this.mat = mat;
        this.field = new AntennaField(mat.antennas().size());
        this.random = random;
        this.slotNanos = 1e9 / mat.readsPerSecond();
        this.behindMetres = switch (mat.line()) {
            case MAIN -> 0;
            case BACKUP -> FieldSpread.BACKUP_METRES;
        };
        this.crossings = crossings.stream()
                .filter(crossing -> crossing.timingPoint().equals(mat.timingPoint()))
                .toList();
        this.lingerings = lingerings.stream()
                .filter(lingering -> lingering.timingPoint().equals(mat.timingPoint()))
                .toList();
    }

    /** What a mat sees of a course. A mat's draws depend on its own name only, so that adding another changes nothing. */
    public static Inventory of(Mat mat, Course course, long seed) {
        SplittableRandom random = new SplittableRandom(seed * 31 + mat.name().hashCode());
        return new Inventory(mat, course.crossings(), course.lingerings(), random);
    }

    @Override
    public boolean hasNext() {
        while (told == said.size() && stayOnNextAntenna()) {
            // Most stays show nothing.
        }
        return told < said.size();
    }

    @Override
    public RaceSighting next() {
        if (!hasNext()) {
            throw new NoSuchElementException("mat " + mat.name() + " sees nothing more");
        }
        return said.get(told++);
    }

    /** Whether anybody is or will be there. */
    private boolean stayOnNextAntenna() {
        said.clear();
        told = 0;
        long from = stay * ANTENNA_NANOS;
        if (inView.isEmpty()) {
            lookAhead(from);
            Pass first = soon.peek();
            if (first == null) {
                return false;
            }
            stay = Math.max(stay, first.fromNanos / ANTENNA_NANOS);
            from = stay * ANTENNA_NANOS;
        }
        lookAhead(from);
        comeAndGo(from);
        ask(from, from + ANTENNA_NANOS);
        stay++;
        return true;
    }

    /** Whoever may come in view soon is known; at least one who comes later, if there is any. */
    private void lookAhead(long nanos) {
        long horizon = nanos + ANTENNA_NANOS + Pass.longestLeadNanos();
        while (nextCrossing < crossings.size()
                && (crossings.get(nextCrossing).atNanos() <= horizon || (soon.isEmpty() && inView.isEmpty()))) {
            horizon = Math.max(horizon, crossings.get(nextCrossing).atNanos() + Pass.longestLeadNanos());
            soon.add(new Pass(crossings.get(nextCrossing++), behindMetres, random));
        }
        while (nextLingering < lingerings.size()
                && (lingerings.get(nextLingering).fromNanos() <= horizon || (soon.isEmpty() && inView.isEmpty()))) {
            soon.add(new Pass(lingerings.get(nextLingering++), behindMetres, random));
        }
    }

    private void comeAndGo(long fromNanos) {
        inView.removeIf(pass -> pass.untilNanos < fromNanos);
        for (Pass first = soon.peek();
                first != null && first.fromNanos < fromNanos + ANTENNA_NANOS;
                first = soon.peek()) {
            soon.remove();
            double shadowed = Math.min(MOST_SHADOW_CHANCE, SHADOW_CHANCE * inView.size());
            first.shadowDb = random.nextDouble() < shadowed ? SHADOW_DB : 0;
            inView.add(first);
        }
    }

    /** Asks in any order, until all have been asked or it is time for the next antenna. */
    private void ask(long fromNanos, long untilNanos) {
        int antenna = (int) (stay % mat.antennas().size());
        long now = Math.max(freeNanos, fromNanos + random.nextLong(TURN_NANOS));
        int left = inView.size();
        while (left > 0 && now < untilNanos) {
            int chosen = random.nextInt(left);
            Pass pass = inView.get(chosen);
            inView.set(chosen, inView.get(--left));
            inView.set(left, pass);
            double loss = pass.lossDb(field, antenna, now) + FADING_DB * random.nextGaussian();
            if (pass.fromNanos <= now && now <= pass.untilNanos && random.nextDouble() < AntennaField.chance(loss)) {
                said.add(new RaceSighting(
                        now,
                        pass.chip(mat.family() == Family.IPICO),
                        mat.antennas().get(antenna),
                        (int) Math.round(AntennaField.rssiDbm(loss) * 100)));
                // Not all answers take equally long: some chips collide or are told late.
                now += Math.round(slotNanos * random.nextDouble(0.7, 1.3));
                freeNanos = now;
            }
        }
    }
}
