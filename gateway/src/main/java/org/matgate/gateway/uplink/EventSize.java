package org.matgate.gateway.uplink;

import java.util.List;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.Gap;
import org.matgate.protocol.stream.Source;

/** An upper bound of an event's bytes on the wire, cheap to take: batches are cut by it. */
final class EventSize {
    /** A stamp whose boot is new to the batch, and all numbers at their longest. */
    private static final int FIXED = 160;

    /** A gap's numbers at their longest. */
    private static final int GAP = 64;

    private EventSize() {}

    /** At most this many bytes, uncompressed. */
    static int atMost(Event event) {
        return FIXED
                + switch (event) {
                    case Event.TagRead read ->
                        source(read.source()) + read.chip().hex().length() / 2;
                    case Event.Gun gun -> text(gun.timingPoint()) + text(gun.input());
                    case Event.Mark mark -> text(mark.timingPoint()) + text(mark.input());
                    case Event.ClockState clock -> text(clock.reason());
                    case Event.ReaderState state -> source(state.reader()) + text(state.detail()) + gaps(state.gaps());
                    case Event.AntennaState state -> source(state.reader()) + text(state.detail());
                    case Event.BoxState box ->
                        text(box.box())
                                + text(box.software())
                                + text(box.detail())
                                + box.readsLost().keySet().stream()
                                        .mapToInt(reader -> text(reader) + 16)
                                        .sum();
                    case Event.Unknown unknown -> 8 + unknown.body().size();
                };
    }

    private static int gaps(List<Gap> gaps) {
        return GAP * gaps.size();
    }

    private static int source(Source source) {
        return 8 + text(source.reader()) + text(source.timingPoint());
    }

    /** In UTF-8 a char takes at most three bytes. */
    private static int text(String text) {
        return 5 + 3 * text.length();
    }
}
