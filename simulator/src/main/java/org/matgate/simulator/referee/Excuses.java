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
     * taken from a cable that is pulled.
     */
    static final long BEFORE_KILL_NANOS = 250_000_000;

    private final Map<String, String> boxOfMat;
    private final Map<String, List<Interval>> dead = new HashMap<>();
    private final Map<String, List<Interval>> unplugged = new HashMap<>();
    /** From when on a box may have let go of a mat for a reason; before that it held the port or is to blame. */
    private final Map<String, Long> letGo = new HashMap<>();

    /** Both ends included, CLOCK_MONOTONIC. */
    private record Interval(long fromNanos, long untilNanos) {
        boolean contains(long nanos) {
            return fromNanos <= nanos && nanos <= untilNanos;
        }
    }

    Excuses(Map<String, String> boxOfMat, List<Happening> happenings) {
        this.boxOfMat = boxOfMat;
        for (Happening happening : happenings) {
            long at = happening.monotonicNanos();
            switch (happening.kind()) {
                case KILL_SENT -> {
                    open(dead, happening.subject(), at - BEFORE_KILL_NANOS);
                    boxOfMat.forEach((mat, box) -> {
                        if (box.equals(happening.subject())) {
                            letGo.putIfAbsent(mat, at);
                        }
                    });
                }
                case PROCESS_STARTED -> close(dead, happening.subject(), at);
                case CABLE_OUT -> {
                    open(unplugged, happening.subject(), at - BEFORE_KILL_NANOS);
                    letGo.putIfAbsent(happening.subject(), at);
                }
                case FRAME_HIT, READER_TROUBLED -> letGo.putIfAbsent(happening.subject(), at);
                case CABLE_IN -> close(unplugged, happening.subject(), at);
                case TERM_SENT,
                        PROCESS_ENDED,
                        ENGINE_STARTED,
                        ENGINE_STOPPED,
                        NOISE_BEGAN,
                        NOISE_ENDED,
                        READER_WELL,
                        PROCESS_READY,
                        POWER_CUT,
                        STALLED,
                        RESUMED,
                        CLOCK_CHANGED -> {}
            }
        }
    }

    private static void open(Map<String, List<Interval>> intervals, String subject, long from) {
        intervals.computeIfAbsent(subject, name -> new ArrayList<>()).add(new Interval(from, Long.MAX_VALUE));
    }

    private static void close(Map<String, List<Interval>> intervals, String subject, long until) {
        List<Interval> list = intervals.getOrDefault(subject, List.of());
        if (!list.isEmpty() && list.getLast().untilNanos() == Long.MAX_VALUE) {
            list.set(list.size() - 1, new Interval(list.getLast().fromNanos(), until));
        }
    }

    /** Whether a fault may have destroyed it. */
    boolean excuse(TruthRead read) {
        return switch (read.fate()) {
            case DAMAGED -> true;
            case NOT_LISTENING -> letGo.getOrDefault(read.read().reader(), Long.MAX_VALUE) <= read.sentMonotonicNanos();
            case WHOLE, UNDETECTABLE -> {
                String mat = read.read().reader();
                yield within(dead, boxOfMat.getOrDefault(mat, ""), read) || within(unplugged, mat, read);
            }
        };
    }

    private static boolean within(Map<String, List<Interval>> intervals, String subject, TruthRead read) {
        return intervals.getOrDefault(subject, List.of()).stream()
                .anyMatch(interval -> interval.contains(read.sentMonotonicNanos()));
    }
}
