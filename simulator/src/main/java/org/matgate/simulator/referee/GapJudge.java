package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.matgate.protocol.stream.Gap;
import org.matgate.simulator.fault.Happening;

/**
 * Judges gap events by what truly happened: who names the whole race as a gap has excused everything, and who is silent
 * about a reader whose memory was full has told nobody of a loss. Pure.
 */
final class GapJudge {
    /** How much longer than what happened a gap may be: until a box notices, and has brought a reader back. */
    private static final long BEYOND_NANOS = 30_000_000_000L;

    private GapJudge() {}

    private record Interval(long fromNanos, long untilNanos) {
        long shared(Interval other) {
            return Math.max(0, Math.min(untilNanos, other.untilNanos) - Math.max(fromNanos, other.fromNanos));
        }
    }

    /** What is wrong with the gaps of these mats. */
    static List<String> reasons(Evidence evidence) {
        Map<String, List<Interval>> troubles = troubles(evidence);
        List<String> reasons = new ArrayList<>();
        for (HeldGap held : evidence.gaps()) {
            Gap gap = held.gap();
            // One that began before this boot has no beginning that could be told.
            long from = gap.fromMonotonicNanos();
            if (from == 0) {
                continue;
            }
            Interval interval = new Interval(from, gap.untilMonotonicNanos());
            long happened = troubles.getOrDefault(held.reader(), List.of()).stream()
                    .mapToLong(interval::shared)
                    .sum();
            long beyond = gap.untilMonotonicNanos() - from - happened;
            if (beyond > BEYOND_NANOS) {
                reasons.add("a gap of mat " + held.reader() + " (" + gap.cause() + ") is " + beyond / 1_000_000_000
                        + " s longer than anything that happened there; at most " + BEYOND_NANOS / 1_000_000_000
                        + " s may be");
            }
        }
        return reasons;
    }

    /** By mat, when something was wrong with it or its box. */
    private static Map<String, List<Interval>> troubles(Evidence evidence) {
        Map<String, Long> since = new HashMap<>();
        Map<String, List<Interval>> bySubject = new HashMap<>();
        for (Happening happening : evidence.happenings()) {
            long at = happening.monotonicNanos();
            switch (happening.kind()) {
                case KILL_SENT, CABLE_OUT, READER_TROUBLED, NOISE_BEGAN -> since.putIfAbsent(happening.subject(), at);
                case PROCESS_READY, CABLE_IN, READER_WELL, NOISE_ENDED -> {
                    Long from = since.remove(happening.subject());
                    if (from != null) {
                        bySubject
                                .computeIfAbsent(happening.subject(), subject -> new ArrayList<>())
                                .add(new Interval(from, at));
                    }
                }
                default -> {}
            }
        }
        Map<String, List<Interval>> byMat = new HashMap<>();
        evidence.boxOfMat().forEach((mat, box) -> {
            List<Interval> all = new ArrayList<>(bySubject.getOrDefault(mat, List.of()));
            all.addAll(bySubject.getOrDefault(box, List.of()));
            byMat.put(mat, all);
        });
        return byMat;
    }
}
