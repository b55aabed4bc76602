package org.matgate.protocol.stream;

import java.util.List;
import java.util.UUID;
import org.matgate.protocol.stream.wire.Wire;

/** The stamp of the event before, from which that of the next one differs; all zero before the first. Not thread-safe. */
final class StampSums {
    private long monotonic;
    private long offset;
    private long uncertainty;
    private long moment;

    /** An event of this stamp, all but its boot and its kind. */
    Wire.Event.Builder next(Stamp stamp) {
        long nextOffset = stamp.utcNanos() - stamp.monotonicNanos();
        long nextUncertainty = EventCodec.uncertainty(stamp.uncertaintyNanos());
        Wire.Event.Builder wire = Wire.Event.newBuilder()
                .setMonotonicNanosDifference(stamp.monotonicNanos() - monotonic)
                .setUtcOffsetDifference(nextOffset - offset)
                .setUncertaintyNanosDifference(nextUncertainty - uncertainty)
                .setMomentUncertaintyNanosDifference(stamp.momentUncertaintyNanos() - moment);
        monotonic = stamp.monotonicNanos();
        offset = nextOffset;
        uncertainty = nextUncertainty;
        moment = stamp.momentUncertaintyNanos();
        return wire;
    }

    /** @throws StreamFormatException if it names no boot that is there, or is uncertain by less than nothing */
    Stamp next(Wire.Event event, List<UUID> boots, int at) throws StreamFormatException {
        if (event.getBoot() < 0 || event.getBoot() >= boots.size()) {
            throw new StreamFormatException("event " + at + " names boot " + event.getBoot() + " of " + boots.size());
        }
        monotonic += event.getMonotonicNanosDifference();
        offset += event.getUtcOffsetDifference();
        uncertainty += event.getUncertaintyNanosDifference();
        moment += event.getMomentUncertaintyNanosDifference();
        if (moment < 0) {
            throw new StreamFormatException(
                    "event " + at + " has a moment that is uncertain by " + moment + " ns; want at least 0");
        }
        return new Stamp(
                boots.get(event.getBoot()),
                monotonic,
                monotonic + offset,
                EventCodec.uncertaintyOf(uncertainty),
                moment);
    }
}
