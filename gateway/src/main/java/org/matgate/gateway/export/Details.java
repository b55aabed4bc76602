package org.matgate.gateway.export;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.EventCodec;
import org.matgate.protocol.stream.Gap;

/** What an event that is no read says, in one line for a person. */
final class Details {
    private Details() {}

    static String of(Event event) {
        return switch (event) {
            case Event.TagRead unused -> "";
            case Event.Gun gun ->
                input(gun.input(), gun.kernelTime(), gun.edgesMissed())
                        + (gun.withinLockout() ? ", within lock-out" : "");
            case Event.Mark mark -> input(mark.input(), mark.kernelTime(), mark.edgesMissed());
            case Event.ClockState clock -> Fields.word(clock.source()) + ": " + clock.reason();
            case Event.ReaderState state ->
                Fields.word(state.phase())
                        + text(state.detail())
                        + state.gaps().stream().map(Details::gap).collect(Collectors.joining());
            case Event.AntennaState state -> Fields.word(state.condition()) + text(state.detail());
            case Event.BoxState state ->
                Fields.word(state.condition())
                        + text(state.detail())
                        + lost(state.readsLost())
                        + (state.simulated() ? "; simulated" : "");
            case Event.Unknown unknown -> "kind " + unknown.kind() + ": " + EventCodec.bodyHex(unknown);
        };
    }

    private static String input(String input, boolean kernelTime, int missed) {
        return input
                + (kernelTime ? "" : ", without the kernel's time")
                + (missed == 0 ? "" : ", missed edges: " + missed);
    }

    private static String text(String detail) {
        return detail.isEmpty() ? "" : ": " + detail;
    }

    private static String gap(Gap gap) {
        return "; gap: " + Fields.word(gap.cause()) + " from " + gap.fromMonotonicNanos() + " to "
                + gap.untilMonotonicNanos() + (gap.count() == 0 ? "" : ", count " + gap.count());
    }

    private static String lost(Map<String, Long> readsLost) {
        return new TreeMap<>(readsLost)
                .entrySet().stream()
                        .map(reader -> "; reads lost of " + reader.getKey() + ": " + reader.getValue())
                        .collect(Collectors.joining());
    }
}
