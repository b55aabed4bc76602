package org.matgate.simulator.torture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.matgate.simulator.torture.Blow.Group;
import org.matgate.simulator.torture.Blow.Kind;

/** Draws what goes wrong in a cycle. Pure: the same seed gives the same blows. */
final class Blows {
    private static final List<Group> GROUPS = List.of(Group.values());
    private static final int MOST = 4;
    private static final int OF_FOUR = 4;
    private static final long MILLI = 1_000_000;
    private static final long FIRST_NANOS = 200 * MILLI;
    private static final long SHORTEST_NANOS = 200 * MILLI;
    private static final long LONGEST_NANOS = 1_800 * MILLI;

    /** A box that starts sees a clock that is wrong for longer than this, on a busy machine, too. */
    private static final long START_NANOS = 4_000 * MILLI;

    private static final long LONGEST_STEP_NANOS = 100_000 * MILLI;

    /** Somebody who has no battery in his box. */
    private static final long DECADES_NANOS = -800_000_000_000L * 1_000_000;

    private Blows() {}

    /**
     * Draws them, in the order of time.
     *
     * @param durationNanos of the cycle; all begin in it
     * @param impossible what cannot be done on this machine
     */
    static List<Blow> draw(
            long seed, long durationNanos, String box, String serialMat, String tcpMat, Set<Kind> impossible) {
        SplittableRandom random = new SplittableRandom(seed);
        Set<Group> struck = EnumSet.noneOf(Group.class);
        int most = random.nextInt(1, MOST + 1);
        // What ends a process is what most can go wrong with.
        if (random.nextInt(OF_FOUR) > 0) {
            struck.add(Group.BOX);
        }
        while (struck.size() < most) {
            struck.add(GROUPS.get(random.nextInt(GROUPS.size())));
        }
        List<Blow> blows = new ArrayList<>();
        for (Group group : struck) {
            List<Kind> kinds = Arrays.stream(Kind.values())
                    .filter(kind -> kind.group() == group && kind != Kind.DISK_READ_ONLY)
                    .toList();
            Kind drawn = kinds.get(random.nextInt(kinds.size()));
            if (drawn == Kind.DISK_FULL && new SplittableRandom(seed).split().nextBoolean()) {
                drawn = Kind.DISK_READ_ONLY;
            }
            // Not drawn anew, so that all else is the same on every machine.
            Kind kind = impossible.contains(drawn) ? Kind.KILL : drawn;
            long from = random.nextLong(FIRST_NANOS, durationNanos - SHORTEST_NANOS);
            long lasts = random.nextLong(SHORTEST_NANOS, LONGEST_NANOS);
            long until = from + lasts + (kind == Kind.POWER_CUT_CLOCK_WRONG ? Blow.POWER_OFF_NANOS + START_NANOS : 0);
            String subject = switch (group) {
                case BOX, CLOCK -> box;
                case LINE -> "line";
                case ENGINE -> "engine";
                case READER -> kind == Kind.NOISE || random.nextBoolean() ? serialMat : tcpMat;
            };
            blows.add(new Blow(kind, subject, from, until, amount(kind, random)));
        }
        blows.sort(Comparator.comparingLong(Blow::fromNanos));
        return List.copyOf(blows);
    }

    private static long amount(Kind kind, SplittableRandom random) {
        return switch (kind) {
            case KILL_IN_START -> random.nextLong(2_000 * MILLI);
            case POWER_CUT_CLOCK_WRONG -> random.nextBoolean() ? DECADES_NANOS : step(random);
            case CLOCK_STEP -> step(random);
            default -> 0;
        };
    }

    /** From milliseconds to minutes, either way. */
    private static long step(SplittableRandom random) {
        long size = Math.round(Math.exp(random.nextDouble(Math.log(MILLI), Math.log(LONGEST_STEP_NANOS))));
        return random.nextBoolean() ? size : -size;
    }
}
