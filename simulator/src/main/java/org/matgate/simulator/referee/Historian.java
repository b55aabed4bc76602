package org.matgate.simulator.referee;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.matgate.protocol.stream.Stamp;

/** Writes down the histories of reads that speak against the box: the first of each kind. Not thread-safe. */
final class Historian {
    private final Matching engine;
    private final Matching boxes;
    private final int most;
    private final Map<Problem, List<History>> histories = new EnumMap<>(Problem.class);

    private enum Problem {
        LOST,
        DUPLICATED,
        INVENTED,
        TIME,
        UNSYNCHRONISED
    }

    Historian(Matching engine, Matching boxes, int most) {
        this.engine = engine;
        this.boxes = boxes;
        this.most = most;
    }

    void lost(TruthRead read, String why) {
        add(Problem.LOST, read.read().reader(), () -> told(read) + "; " + why);
    }

    void duplicated(HeldRead held) {
        add(
                Problem.DUPLICATED,
                held.reader(),
                () -> held.key().text() + "; held more often than sent, here as " + place(held));
    }

    void invented(HeldRead held) {
        add(Problem.INVENTED, held.reader(), () -> held.key().text() + "; nobody sent it, held as " + place(held));
    }

    void wrongTime(TruthRead read, HeldRead held) {
        add(
                Problem.TIME,
                held.reader(),
                () -> told(read) + "; the engine's time is wrong by "
                        + millis(held.utcNanos() - read.sightedUtcNanos()) + ", stated uncertainty "
                        + millis(held.uncertaintyNanos()));
    }

    void unsynchronised(TruthRead read, HeldRead held) {
        add(Problem.UNSYNCHRONISED, held.reader(), () -> told(read) + "; nothing vouches for its time");
    }

    /** There are few enough of them. */
    void forgetWrongTimes() {
        histories.remove(Problem.TIME);
    }

    List<History> histories() {
        return histories.values().stream().flatMap(List::stream).toList();
    }

    private void add(Problem problem, String mat, Supplier<String> text) {
        List<History> list = histories.computeIfAbsent(problem, key -> new ArrayList<>());
        if (list.size() < most) {
            list.add(new History(problem.name().toLowerCase(Locale.ROOT), mat, text.get()));
        }
    }

    private String told(TruthRead read) {
        return read.key().text() + "; sighted " + utc(read.sightedUtcNanos()) + ", sent "
                + millis(read.sentMonotonicNanos() - read.read().sightedMonotonicNanos()) + " later, "
                + read.fate().name().toLowerCase(Locale.ROOT).replace('_', ' ') + "; in the box's journal: "
                + boxes.find(read).map(Historian::place).orElse("no") + "; in the engine: "
                + engine.find(read).map(Historian::place).orElse("no");
    }

    private static String place(HeldRead held) {
        return "journal "
                + held.journal().substring(0, Math.min(8, held.journal().length())) + " seq " + held.seq() + " at "
                + utc(held.utcNanos());
    }

    static String millis(long nanos) {
        return nanos == Stamp.UNSYNCHRONISED ? "none" : String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
    }

    static String utc(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
                .toString();
    }
}
