package org.matgate.simulator.race;

import java.util.List;
import java.util.random.RandomGenerator;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.fault.FaultKind;

/** Draws the faults of one {@link RandomFaults}. Not thread-safe. */
final class FaultDraw {
    /** After so many tries it is too crowded; then a fault is left out. */
    private static final int MOST_TRIES = 1000;

    /** What two faults of the same thing are apart, at most. */
    private static final long MOST_APART_NANOS = 300_000_000_000L;

    private static final double MOST_NOISE = 0.1;
    private static final double MOST_STEP_NANOS = 2e9;
    private static final double MOST_SLEW_PPM = 300;
    private static final double MOST_EARLY_SECONDS = 10;
    private static final double MOST_APART_SECONDS = 40;
    private static final int[] BAUDS = {9_600, 19_200, 57_600};

    private final RandomFaults table;
    private final List<Mat> mats;
    private final List<Distance> distances;
    private final RandomGenerator random;

    FaultDraw(RandomFaults table, List<Mat> mats, List<Distance> distances, RandomGenerator random) {
        this.table = table;
        this.mats =
                mats.stream().filter(mat -> table.mats().contains(mat.name())).toList();
        this.distances = distances;
        this.random = random;
    }

    /** Adds what is drawn, so that nothing that has two troubles has them at once. */
    void addTo(List<Fault> faults) {
        long apart = Math.min(MOST_APART_NANOS, (table.untilNanos() - table.fromNanos()) / (4L * table.count()));
        for (int i = 0; i < table.count(); i++) {
            for (int tries = 0; tries < MOST_TRIES; tries++) {
                List<Fault> drawn = draw();
                if (!drawn.isEmpty() && faults.stream().noneMatch(other -> collide(drawn, other, apart))) {
                    faults.addAll(drawn);
                    break;
                }
            }
        }
    }

    private static boolean collide(List<Fault> drawn, Fault other, long apart) {
        String subject = subject(drawn.getFirst());
        return !subject.isEmpty()
                && subject.equals(subject(other))
                && drawn.getFirst().fromNanos() < other.untilNanos() + apart
                && other.fromNanos() < drawn.getLast().untilNanos() + apart;
    }

    /** What has only one trouble at a time; empty for what gets in nobody's way. */
    private static String subject(Fault fault) {
        return switch (fault) {
            case Fault.OfMat mat -> "mat " + mat.mat();
            case Fault.OfBox box -> "box " + box.box();
            case Fault.OfEngineLine line -> "line " + line.box();
            case Fault.EngineAway engine -> "engine";
            case Fault.OfRunners runners -> "";
        };
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** One fault, with what puts it right; empty if there is nothing that it could strike. */
    private List<Fault> draw() {
        FaultKind kind = one(table.kinds());
        long length = random.nextLong(table.shortestNanos(), table.longestNanos() + 1);
        long from = random.nextLong(table.fromNanos(), Math.max(table.fromNanos() + 1, table.untilNanos() - length));
        long until = from + length;
        return switch (kind) {
            case NOISE, UNPLUGGED, REBOOT, HANG, ANTENNA_CUT, TOO_HOT, MEMORY_FULL, DRIBBLE ->
                mats.isEmpty() ? List.of() : List.of(ofMat(kind, one(mats), from, until));
            case KILL, CLOCK_SYNC, CLOCK_LOST, CLOCK_STEP, CLOCK_SLEW, BOOT, STALL ->
                ofBox(kind, one(table.boxes()), from, until);
            case ENGINE_AWAY, ENGINE_LINE_CUT, ENGINE_LINE_DEAD, ENGINE_LINE_SLOW, ENGINE_LINE_DELAYED ->
                List.of(ofEngine(kind, one(table.boxes()), from, until));
            case EARLY_START, CROSS_TWICE, TURN_BACK, STAND, SPECTATOR ->
                List.of(ofRunners(kind, one(table.boxes()), from, until));
        };
    }

    private Fault ofMat(FaultKind kind, Mat mat, long from, long until) {
        return switch (kind) {
            case NOISE -> new Fault.Noise(mat.name(), from, until, random.nextDouble(0.005, MOST_NOISE));
            case UNPLUGGED -> new Fault.Unplugged(mat.name(), from, until);
            case REBOOT -> new Fault.Reboot(mat.name(), from, until);
            case HANG -> new Fault.Hang(mat.name(), from, until);
            case ANTENNA_CUT -> new Fault.AntennaCut(mat.name(), one(mat.antennas()), from, until);
            case TOO_HOT -> new Fault.TooHot(mat.name(), from, until);
            case MEMORY_FULL -> new Fault.MemoryFull(mat.name(), from, until);
            case DRIBBLE -> new Fault.Dribble(mat.name(), from, until);
            default -> throw new IllegalArgumentException(kind + " strikes no mat");
        };
    }

    private List<Fault> ofBox(FaultKind kind, String box, long from, long until) {
        return switch (kind) {
            case KILL -> List.of(new Fault.Kill(box, from));
            case CLOCK_SYNC -> List.of(new Fault.ClockSync(box, from));
            case CLOCK_LOST -> List.of(new Fault.ClockLost(box, from), new Fault.ClockSync(box, until));
            case CLOCK_STEP -> {
                long by = Math.round(random.nextDouble(-MOST_STEP_NANOS, MOST_STEP_NANOS));
                yield List.of(new Fault.ClockStep(box, from, by), new Fault.ClockSync(box, until));
            }
            case CLOCK_SLEW ->
                List.of(new Fault.ClockSlew(box, from, until, random.nextDouble(-MOST_SLEW_PPM, MOST_SLEW_PPM)));
            case BOOT -> List.of(new Fault.Boot(box, from, until));
            case STALL -> {
                long stall = random.nextLong(50_000_000, 500_000_000);
                yield List.of(new Fault.Stall(box, from, until, 8 * stall, stall));
            }
            default -> throw new IllegalArgumentException(kind + " strikes no box");
        };
    }

    private Fault ofEngine(FaultKind kind, String box, long from, long until) {
        return switch (kind) {
            case ENGINE_AWAY -> new Fault.EngineAway(from, until);
            case ENGINE_LINE_CUT -> new Fault.EngineLineCut(box, from, until);
            case ENGINE_LINE_DEAD -> new Fault.EngineLineDead(box, from, until);
            case ENGINE_LINE_SLOW -> new Fault.EngineLineSlow(box, from, until, BAUDS[random.nextInt(BAUDS.length)]);
            case ENGINE_LINE_DELAYED ->
                new Fault.EngineLineDelayed(box, from, until, random.nextLong(100_000_000, 2_000_000_000));
            default -> throw new IllegalArgumentException(kind + " strikes neither the engine nor a line to it");
        };
    }

    /** One person does it, whenever it fits in the whole time. */
    private Fault ofRunners(FaultKind kind, String point, long from, long until) {
        long apart = Math.round(1e9 * random.nextDouble(10, MOST_APART_SECONDS));
        long first = table.fromNanos();
        long last = table.untilNanos();
        return switch (kind) {
            case EARLY_START -> {
                Distance distance = one(distances);
                yield new Fault.EarlyStart(
                        distance.name(),
                        distance.gunNanos(),
                        1,
                        Math.round(1e9 * random.nextDouble(2, MOST_EARLY_SECONDS)));
            }
            case CROSS_TWICE -> new Fault.CrossTwice(point, first, last, 1, apart);
            case TURN_BACK -> new Fault.TurnBack(point, first, last, 1, apart);
            case STAND -> new Fault.Stand(point, first, last, 1, apart);
            case SPECTATOR -> new Fault.Spectator(point, from, until, 1);
            default -> throw new IllegalArgumentException(kind + " is nothing that people do");
        };
    }
}
