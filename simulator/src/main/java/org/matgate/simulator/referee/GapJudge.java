package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.matgate.protocol.stream.Gap;
import org.matgate.simulator.fault.Happening;
import org.matgate.simulator.fault.Happening.Kind;

/**
 * Judges gap events by what truly happened: who names the whole race as a gap has excused everything, and who is silent
 * about a reader whose memory was full has told nobody of a loss. Pure.
 */
final class GapJudge {
    /** How much longer than what happened a gap may be: until a box notices, and has brought a reader back. */
    private static final long BEYOND_NANOS = 30_000_000_000L;

    /**
     * Where readers are well and only a box has short lives, its gaps lie where something happened. They begin where it
     * last wrote down that it listens, which it does every second (1.2 s before a kill were measured, at a load of 13) …
     */
    private static final long BEFORE_NANOS = 3_000_000_000L;

    /** … and end where it has noted that it listens again (0.7 s after it was ready, at the same load). */
    static final long AFTER_NANOS = 5_000_000_000L;

    private GapJudge() {}

    private record Interval(long fromNanos, long untilNanos) {}

    /** What is wrong with the gaps of these mats. */
    static List<String> reasons(Evidence evidence) {
        return evidence.times().limits().shortLives() ? places(evidence) : lengths(evidence);
    }

    private static List<String> lengths(Evidence evidence) {
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
            long beyond = far(interval, troubles.getOrDefault(held.reader(), List.of()), 0, 0);
            if (beyond > BEYOND_NANOS) {
                reasons.add("a gap of mat " + held.reader() + " (" + gap.cause() + ") is " + beyond / 1_000_000_000
                        + " s longer than anything that happened there; at most " + BEYOND_NANOS / 1_000_000_000
                        + " s may be");
            }
        }
        return reasons;
    }

    /** No moment of a gap is far from everything that happened: many small gaps cover a race, too. */
    private static List<String> places(Evidence evidence) {
        Map<String, List<Interval>> troubles = troubles(evidence);
        List<String> reasons = new ArrayList<>();
        for (HeldGap held : evidence.gaps()) {
            Gap gap = held.gap();
            long from = gap.fromMonotonicNanos() == 0
                    ? boot(evidence, held.reader(), gap.untilMonotonicNanos())
                    : gap.fromMonotonicNanos();
            List<Interval> happened = troubles.getOrDefault(held.reader(), List.of());
            long far = far(new Interval(from, gap.untilMonotonicNanos()), happened, BEFORE_NANOS, AFTER_NANOS);
            if (far > 0) {
                reasons.add(String.format(
                        Locale.ROOT,
                        "of a gap of mat %s (%s) of %.1f s nothing that happened there explains %.1f s: it may begin"
                                + " %d s before that and end %d s after it",
                        held.reader(),
                        gap.cause(),
                        (gap.untilMonotonicNanos() - from) / 1e9,
                        far / 1e9,
                        BEFORE_NANOS / 1_000_000_000,
                        AFTER_NANOS / 1_000_000_000));
            }
        }
        return reasons;
    }

    /** When the boot began in which a gap ends that is open to the past. */
    private static long boot(Evidence evidence, String mat, long untilNanos) {
        return evidence.times().boots().stream()
                .filter(boot -> boot.box().equals(evidence.boxOfMat().get(mat)) && boot.fromNanos() <= untilNanos)
                .mapToLong(BoxBoot::fromNanos)
                .max()
                .orElse(0);
    }

    /** How much of a gap lies near no trouble, in the order of whose beginnings they stand. */
    private static long far(Interval gap, List<Interval> troubles, long beforeNanos, long afterNanos) {
        long far = 0;
        long at = gap.fromNanos();
        for (Interval trouble : troubles) {
            long from = Math.min(gap.untilNanos(), trouble.fromNanos() - beforeNanos);
            far += Math.max(0, from - at);
            at = Math.max(at, Math.max(from, trouble.untilNanos() + afterNanos));
        }
        return far + Math.max(0, gap.untilNanos() - at);
    }

    /** By mat, when something was wrong with it or its box, in the order of time. */
    private static Map<String, List<Interval>> troubles(Evidence evidence) {
        Map<String, List<Interval>> bySubject = new HashMap<>();
        Map<Trouble, Long> since = new HashMap<>();
        for (Happening happening : evidence.happenings()) {
            String subject = happening.subject();
            long at = happening.monotonicNanos();
            switch (happening.kind()) {
                case KILL_SENT, TERM_SENT -> since.putIfAbsent(new Trouble(subject, Kind.KILL_SENT), at);
                case CABLE_OUT, READER_TROUBLED, NOISE_BEGAN, STALLED ->
                    since.putIfAbsent(new Trouble(subject, happening.kind()), at);
                case PROCESS_READY -> {
                    // Nobody listens before a box is started for the first time.
                    boolean first = !bySubject.containsKey(subject);
                    since.putIfAbsent(new Trouble(subject, Kind.KILL_SENT), first ? 0L : at);
                    over(bySubject, since, new Trouble(subject, Kind.KILL_SENT), at);
                }
                case CABLE_IN -> over(bySubject, since, new Trouble(subject, Kind.CABLE_OUT), at);
                case READER_WELL -> over(bySubject, since, new Trouble(subject, Kind.READER_TROUBLED), at);
                case NOISE_ENDED -> over(bySubject, since, new Trouble(subject, Kind.NOISE_BEGAN), at);
                case RESUMED -> over(bySubject, since, new Trouble(subject, Kind.STALLED), at);
                default -> {}
            }
        }
        Map<String, List<Interval>> byMat = new HashMap<>();
        evidence.boxOfMat()
                .forEach((mat, box) -> byMat.put(
                        mat,
                        Stream.concat(
                                        bySubject.getOrDefault(mat, List.of()).stream(),
                                        bySubject.getOrDefault(box, List.of()).stream())
                                .sorted(Comparator.comparingLong(Interval::fromNanos))
                                .toList()));
        return byMat;
    }

    /** What something is called until it is over: by whom it struck, and how it began. */
    private record Trouble(String subject, Kind began) {}

    private static void over(
            Map<String, List<Interval>> bySubject, Map<Trouble, Long> since, Trouble trouble, long at) {
        Long from = since.remove(trouble);
        if (from != null) {
            bySubject
                    .computeIfAbsent(trouble.subject(), subject -> new ArrayList<>())
                    .add(new Interval(from, at));
        }
    }
}
