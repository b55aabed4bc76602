package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.matgate.simulator.fault.Happening;

/** Which reads the faults may have destroyed. */
final class Excuses {
    /**
     * What reached a box so shortly before its process was killed need not have been committed, nor what it had not yet
     * taken from a cable that is pulled. A process that is stopped at that moment takes nothing from when it was stopped.
     */
    static final long BEFORE_KILL_NANOS = 250_000_000;

    /** So long a box may take to hear a reader again after something went wrong there. */
    static final long RECOVERY_NANOS = 30_000_000_000L;

    private final Map<String, String> boxOfMat;
    private final StuckTerminals stuck;
    private final long recoveryNanos;
    /** Boxes whose processes are stopped, and since when. */
    private final Map<String, Long> stalled = new HashMap<>();

    private final Map<String, List<Interval>> dead = new HashMap<>();
    private final Map<String, List<Interval>> unplugged = new HashMap<>();
    /** When a box may have let go of a mat for a reason; at other times it held the port or is to blame. */
    private final Map<String, List<Interval>> letGo = new HashMap<>();

    /** Both ends included, CLOCK_MONOTONIC. */
    private record Interval(long fromNanos, long untilNanos) {
        boolean contains(long nanos) {
            return fromNanos <= nanos && nanos <= untilNanos;
        }
    }

    Excuses(Evidence evidence) {
        boxOfMat = evidence.boxOfMat();
        stuck = new StuckTerminals(evidence);
        recoveryNanos = evidence.times().limits().shortLives() ? GapJudge.AFTER_NANOS : RECOVERY_NANOS;
        for (Happening happening : evidence.happenings()) {
            long at = happening.monotonicNanos();
            switch (happening.kind()) {
                case KILL_SENT -> {
                    open(dead, happening.subject(), lastTaken(happening.subject(), at));
                    matsOf(happening.subject()).forEach(mat -> open(letGo, mat, at));
                }
                // Who stops in order takes what it has been sent; only then nobody holds the ports.
                case TERM_SENT -> matsOf(happening.subject()).forEach(mat -> open(letGo, mat, at));
                case PROCESS_STARTED -> {
                    stalled.remove(happening.subject());
                    close(dead, happening.subject(), at);
                }
                case STALLED -> stalled.put(happening.subject(), at);
                case RESUMED -> stalled.remove(happening.subject());
                case PROCESS_READY -> matsOf(happening.subject()).forEach(mat -> close(letGo, mat, at + recoveryNanos));
                case CABLE_OUT -> {
                    // What came over a network lies in the box, with or without its cable.
                    String box = boxOfMat.getOrDefault(happening.subject(), "");
                    open(
                            unplugged,
                            happening.subject(),
                            evidence.times().inTerminals().contains(happening.subject())
                                    ? lastTaken(box, at)
                                    : at - BEFORE_KILL_NANOS);
                    open(letGo, happening.subject(), at);
                }
                case CABLE_IN -> {
                    close(unplugged, happening.subject(), at);
                    close(letGo, happening.subject(), at + recoveryNanos);
                }
                case READER_TROUBLED -> open(letGo, happening.subject(), at);
                case READER_WELL -> close(letGo, happening.subject(), at + recoveryNanos);
                case FRAME_HIT ->
                    letGo.computeIfAbsent(happening.subject(), mat -> new ArrayList<>())
                            .addFirst(new Interval(at, at + recoveryNanos));
                case PROCESS_ENDED,
                        ENGINE_STARTED,
                        ENGINE_STOPPED,
                        LINE_TROUBLED,
                        LINE_WELL,
                        NOISE_BEGAN,
                        NOISE_ENDED,
                        POWER_CUT,
                        CLOCK_CHANGED,
                        TERMINALS_STUCK,
                        TERMINALS_FREE -> {}
            }
        }
    }

    /** When the last moment was of which a box must have taken what came, if it was hit at this one. */
    private long lastTaken(String box, long at) {
        return stalled.getOrDefault(box, at) - BEFORE_KILL_NANOS;
    }

    private List<String> matsOf(String box) {
        return boxOfMat.entrySet().stream()
                .filter(entry -> entry.getValue().equals(box))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void open(Map<String, List<Interval>> intervals, String subject, long from) {
        intervals.computeIfAbsent(subject, name -> new ArrayList<>()).add(new Interval(from, Long.MAX_VALUE));
    }

    /** Ends what began last and has not ended. */
    private static void close(Map<String, List<Interval>> intervals, String subject, long until) {
        List<Interval> list = intervals.getOrDefault(subject, List.of());
        for (int i = list.size() - 1; i >= 0; i--) {
            if (list.get(i).untilNanos() == Long.MAX_VALUE) {
                list.set(i, new Interval(list.get(i).fromNanos(), until));
                return;
            }
        }
    }

    /** Whether a fault may have destroyed it. */
    boolean excuse(TruthRead read) {
        return switch (read.fate()) {
            case DAMAGED -> true;
            case NOT_LISTENING -> within(letGo, read.read().reader(), read);
            case WHOLE, UNDETECTABLE -> {
                String mat = read.read().reader();
                String box = boxOfMat.getOrDefault(mat, "");
                yield within(dead, box, read) || within(unplugged, mat, read) || heldBackUntilDead(box, read);
            }
        };
    }

    private boolean heldBackUntilDead(String box, TruthRead read) {
        long sent = read.sentMonotonicNanos();
        return dead.getOrDefault(box, List.of()).stream()
                .anyMatch(interval -> sent <= interval.untilNanos()
                        && stuck.heldBack(read.read().reader(), sent, interval.fromNanos()));
    }

    private static boolean within(Map<String, List<Interval>> intervals, String subject, TruthRead read) {
        return intervals.getOrDefault(subject, List.of()).stream()
                .anyMatch(interval -> interval.contains(read.sentMonotonicNanos()));
    }
}
