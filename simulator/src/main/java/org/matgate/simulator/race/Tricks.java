package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.matgate.protocol.Chip;
import org.matgate.simulator.fault.Fault;

/**
 * Lets people do at the mats what a timekeeper does not expect. Nobody does two such things, nobody does them at the own
 * start, and nobody loses time by it: what is lost is made good before the next timing point. Not thread-safe.
 */
final class Tricks {
    /** What lies at least between such a thing and the runner's next crossing, or the one before. */
    private static final long APART_NANOS = 5_000_000_000L;

    private static final double WALKING_METRES_PER_SECOND = 1.3;

    /** How far before the line a runner turns back: with one foot on the mat. */
    private static final double TURNS_AT_METRES = -0.2;

    /** From coming in sight of the mat until going out of it. */
    private static final long TURNING_NANOS = 4_000_000_000L;

    private static final double BESIDE_LEAST = 0.08;
    private static final double BESIDE_MOST = 0.25;
    private static final double BESIDE_METRES = 1.0;

    private final List<Crossing> crossings;
    private final long durationNanos;
    private final long seed;
    private final List<String> shortfalls;
    private final List<Lingering> lingerings = new ArrayList<>();
    private final Set<Integer> busy = new HashSet<>();
    private final Map<Integer, NavigableSet<Long>> moments = new HashMap<>();
    private int number;
    private int spectators;

    /**
     * @param crossings are changed and added to
     * @param shortfalls is added to
     */
    Tricks(List<Crossing> crossings, long durationNanos, long seed, List<String> shortfalls) {
        this.crossings = crossings;
        this.durationNanos = durationNanos;
        this.seed = seed;
        this.shortfalls = shortfalls;
    }

    /** What lingers somewhere, in the order of time. */
    List<Lingering> lingerings() {
        return lingerings.stream()
                .sorted(Comparator.comparingLong(Lingering::fromNanos))
                .toList();
    }

    void play(Fault.OfRunners trick) {
        SplittableRandom random = Seeds.random(seed, "trick", number++);
        int done = switch (trick) {
            // Before anybody ran.
            case Fault.EarlyStart early -> early.count();
            case Fault.CrossTwice twice -> crossTwice(twice, random);
            case Fault.TurnBack back -> turnBack(back, random);
            case Fault.Stand stand -> stand(stand, random);
            case Fault.Spectator spectator -> watch(spectator, random);
        };
        if (done < trick.count()) {
            shortfalls.add(trick.announcement() + ": only " + done + " could");
        }
    }

    private int crossTwice(Fault.CrossTwice twice, SplittableRandom random) {
        List<Integer> chosen = choose(
                twice, twice.timingPoint(), random, crossing -> freeAfter(crossing, twice.laterNanos() + APART_NANOS));
        for (int index : chosen) {
            Crossing first = crossings.get(index);
            crossings.add(new Crossing(
                    first.runner(),
                    first.timingPoint(),
                    first.pass(),
                    true,
                    first.atNanos() + twice.laterNanos(),
                    WALKING_METRES_PER_SECOND,
                    random.nextDouble(),
                    0));
        }
        return chosen.size();
    }

    private int turnBack(Fault.TurnBack back, SplittableRandom random) {
        List<Integer> chosen = choose(
                back, back.timingPoint(), random, crossing -> freeBefore(crossing, back.earlierNanos() + APART_NANOS));
        for (int index : chosen) {
            Crossing crossing = crossings.get(index);
            Runner runner = crossing.runner();
            long turn = crossing.atNanos() - back.earlierNanos();
            lingerings.add(new Lingering(
                    crossing.timingPoint(),
                    runner.uhfChip(),
                    runner.ipicoChip(),
                    OptionalInt.of(runner.bib()),
                    runner.chipCondition(),
                    turn - TURNING_NANOS / 2,
                    turn + TURNING_NANOS / 2,
                    WALKING_METRES_PER_SECOND,
                    TURNS_AT_METRES,
                    crossing.across()));
        }
        return chosen.size();
    }

    private int stand(Fault.Stand stand, SplittableRandom random) {
        List<Integer> chosen = choose(
                stand, stand.timingPoint(), random, crossing -> freeAfter(crossing, stand.lengthNanos() + APART_NANOS));
        for (int index : chosen) {
            Crossing c = crossings.get(index);
            crossings.set(
                    index,
                    new Crossing(
                            c.runner(),
                            c.timingPoint(),
                            c.pass(),
                            c.extra(),
                            c.atNanos(),
                            c.metresPerSecond(),
                            c.across(),
                            stand.lengthNanos()));
        }
        return chosen.size();
    }

    private int watch(Fault.Spectator watching, SplittableRandom random) {
        for (int i = 0; i < watching.count(); i++) {
            int yesterday = ++spectators;
            double beside = random.nextDouble(BESIDE_LEAST, BESIDE_MOST);
            lingerings.add(new Lingering(
                    watching.timingPoint(),
                    new Chip(String.format(Locale.ROOT, "E2806894000040%010X", yesterday)),
                    new Chip(String.format(Locale.ROOT, "057E01%06X", yesterday)),
                    OptionalInt.empty(),
                    ChipCondition.WELL_PLACED,
                    watching.fromNanos(),
                    watching.untilNanos(),
                    0,
                    random.nextDouble(-BESIDE_METRES, BESIDE_METRES),
                    random.nextBoolean() ? -beside : 1 + beside));
        }
        return watching.count();
    }

    /** Indexes of crossings, at most as many as are wanted. */
    private List<Integer> choose(
            Fault.OfRunners trick, String timingPoint, SplittableRandom random, Predicate<Crossing> room) {
        if (moments.isEmpty()) {
            crossings.forEach(
                    crossing -> moments.computeIfAbsent(crossing.runner().bib(), bib -> new TreeSet<>())
                            .add(crossing.atNanos()));
        }
        List<Integer> could = new ArrayList<>();
        for (int i = 0; i < crossings.size(); i++) {
            Crossing crossing = crossings.get(i);
            if (crossing.timingPoint().equals(timingPoint)
                    && trick.fromNanos() <= crossing.atNanos()
                    && crossing.atNanos() <= trick.untilNanos()
                    && crossing.atNanos() != crossing.runner().startNanos().orElse(-1)
                    && !busy.contains(crossing.runner().bib())
                    && room.test(crossing)) {
                could.add(i);
            }
        }
        Collections.shuffle(could, Random.from(random));
        List<Integer> chosen = new ArrayList<>();
        for (int index : could) {
            if (chosen.size() < trick.count()
                    && busy.add(crossings.get(index).runner().bib())) {
                chosen.add(index);
            }
        }
        return chosen;
    }

    private boolean freeAfter(Crossing crossing, long nanos) {
        Long next =
                moments.getOrDefault(crossing.runner().bib(), new TreeSet<>()).higher(crossing.atNanos());
        return crossing.atNanos() + nanos < (next == null ? durationNanos : next);
    }

    private boolean freeBefore(Crossing crossing, long nanos) {
        Long last =
                moments.getOrDefault(crossing.runner().bib(), new TreeSet<>()).lower(crossing.atNanos());
        return crossing.atNanos() - nanos > (last == null ? 0 : last);
    }
}
