package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.LongUnaryOperator;
import org.matgate.simulator.fault.Happening;
import org.matgate.simulator.fault.Happening.Kind;
import org.matgate.simulator.referee.Curves.Span;
import org.matgate.simulator.referee.Curves.Trouble;

/** Finds from when until when what went wrong. Not thread-safe. */
final class Troubles {
    /** What a kind of happening begins, if it begins anything. */
    private static final Map<Kind, String> BEGINS = Map.of(
            Kind.NOISE_BEGAN, "noise",
            Kind.CABLE_OUT, "cable out",
            Kind.READER_TROUBLED, "reader in trouble",
            Kind.KILL_SENT, "box killed",
            Kind.POWER_CUT, "box without power",
            Kind.STALLED, "box stalled",
            Kind.ENGINE_STOPPED, "engine away",
            Kind.LINE_TROUBLED, "line to the engine",
            Kind.TERMINALS_STUCK, "terminals stuck",
            Kind.CLOCK_CHANGED, "clock changed");

    /** What a kind of happening ends. */
    private static final Map<Kind, List<Kind>> ENDS = Map.of(
            Kind.NOISE_ENDED, List.of(Kind.NOISE_BEGAN),
            Kind.CABLE_IN, List.of(Kind.CABLE_OUT),
            Kind.READER_WELL, List.of(Kind.READER_TROUBLED),
            Kind.PROCESS_READY, List.of(Kind.KILL_SENT, Kind.POWER_CUT),
            Kind.RESUMED, List.of(Kind.STALLED),
            Kind.ENGINE_STARTED, List.of(Kind.ENGINE_STOPPED),
            Kind.LINE_WELL, List.of(Kind.LINE_TROUBLED),
            Kind.TERMINALS_FREE, List.of(Kind.TERMINALS_STUCK));

    private final long endNanos;
    private final SequencedMap<Name, List<Span>> spans = new LinkedHashMap<>();
    private final Map<Open, Begun> open = new LinkedHashMap<>();

    private record Name(String what, String subject) {}

    private record Open(Kind kind, String subject) {}

    private record Begun(Name name, long atNanos) {}

    private Troubles(long endNanos) {
        this.endNanos = endNanos;
    }

    /**
     * Everything that went wrong, in the order in which it began.
     *
     * @param raceNanos the race clock at a moment of this machine's CLOCK_MONOTONIC
     * @param endNanos on the race clock, when what never ended is over
     */
    static List<Trouble> of(List<Happening> happenings, LongUnaryOperator raceNanos, long endNanos) {
        Troubles troubles = new Troubles(endNanos);
        happenings.forEach(happening -> troubles.add(
                happening, Math.clamp(raceNanos.applyAsLong(happening.monotonicNanos()), 0, Math.max(0, endNanos))));
        troubles.open.values().forEach(begun -> troubles.span(begun.name(), begun.atNanos(), troubles.endNanos));
        return troubles.spans.entrySet().stream()
                .map(entry -> new Trouble(
                        entry.getKey().what(),
                        entry.getKey().subject(),
                        entry.getValue().stream()
                                .sorted(Comparator.comparingLong(Span::fromNanos))
                                .toList()))
                .sorted(Comparator.comparingLong(
                        trouble -> trouble.spans().getFirst().fromNanos()))
                .toList();
    }

    private void add(Happening happening, long at) {
        String what = BEGINS.get(happening.kind());
        if (what != null) {
            Name name = new Name(happening.detail().isEmpty() ? what : happening.detail(), happening.subject());
            if (happening.kind() == Kind.CLOCK_CHANGED) {
                span(name, at, at);
            } else if (happening.kind() != Kind.KILL_SENT
                    || !open.containsKey(new Open(Kind.POWER_CUT, happening.subject()))) {
                open.putIfAbsent(new Open(happening.kind(), happening.subject()), new Begun(name, at));
            }
        }
        for (Kind kind : ENDS.getOrDefault(happening.kind(), List.of())) {
            Begun begun = open.remove(new Open(kind, happening.subject()));
            if (begun != null) {
                span(begun.name(), begun.atNanos(), at);
            }
        }
    }

    private void span(Name name, long from, long until) {
        spans.computeIfAbsent(name, key -> new ArrayList<>()).add(new Span(from, until));
    }
}
