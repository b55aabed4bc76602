package org.matgate.protocol.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.matgate.protocol.stream.wire.Wire;

/**
 * The bytes of an event's own part (what happened, without its stamp), as a store keeps them beside typed columns. Reads
 * have columns of their own and no body. Thread-safe.
 */
public final class EventCodec {
    private EventCodec() {}

    /** The number of the event's kind: its field in the message Event of read_stream.proto. */
    public static int kind(Event event) {
        return switch (event) {
            case Event.TagRead unused -> Wire.Event.TAG_READ_FIELD_NUMBER;
            case Event.Gun unused -> Wire.Event.GUN_FIELD_NUMBER;
            case Event.Mark unused -> Wire.Event.MARK_FIELD_NUMBER;
            case Event.ClockState unused -> Wire.Event.CLOCK_STATE_FIELD_NUMBER;
            case Event.ReaderState unused -> Wire.Event.READER_STATE_FIELD_NUMBER;
            case Event.AntennaState unused -> Wire.Event.ANTENNA_STATE_FIELD_NUMBER;
            case Event.BoxState unused -> Wire.Event.BOX_STATE_FIELD_NUMBER;
            case Event.Unknown unknown -> unknown.kind();
        };
    }

    /** The kind's name for people: {@code tag_read}, {@code gun}, … or {@code unknown}. */
    public static String kindName(int kind) {
        var field = Wire.Event.getDescriptor().findFieldByNumber(kind);
        return field == null || field.getContainingOneof() == null ? "unknown" : field.getName();
    }

    /**
     * The event's own part, as the message of its kind.
     *
     * @throws IllegalArgumentException for a {@link Event.TagRead}, which names its source by an index of its batch
     */
    public static ByteString body(Event event) {
        return switch (event) {
            case Event.TagRead read -> throw new IllegalArgumentException("a read has no body: " + read);
            case Event.Gun gun -> gun(gun).toByteString();
            case Event.Mark mark -> mark(mark).toByteString();
            case Event.ClockState clock -> clockState(clock).toByteString();
            case Event.ReaderState state -> readerState(state).toByteString();
            case Event.AntennaState state -> antennaState(state).toByteString();
            case Event.BoxState state -> boxState(state).toByteString();
            case Event.Unknown unknown -> unknown.body();
        };
    }

    /** What a newer box said, in hexadecimal digits. */
    public static String bodyHex(Event.Unknown unknown) {
        return HexFormat.of().formatHex(unknown.body().toByteArray());
    }

    /**
     * The event of this kind and body; {@link Event.Unknown} for a kind that this version does not know.
     *
     * @throws StreamFormatException if the body is not of that kind
     * @throws IllegalArgumentException for the kind of {@link Event.TagRead}
     */
    public static Event event(Stamp stamp, int kind, ByteString body) throws StreamFormatException {
        try {
            return switch (kind) {
                case Wire.Event.TAG_READ_FIELD_NUMBER -> throw new IllegalArgumentException("a read has no body");
                case Wire.Event.GUN_FIELD_NUMBER -> gun(stamp, Wire.Gun.parseFrom(body));
                case Wire.Event.MARK_FIELD_NUMBER -> mark(stamp, Wire.Mark.parseFrom(body));
                case Wire.Event.CLOCK_STATE_FIELD_NUMBER -> clockState(stamp, Wire.ClockState.parseFrom(body));
                case Wire.Event.READER_STATE_FIELD_NUMBER -> readerState(stamp, Wire.ReaderState.parseFrom(body));
                case Wire.Event.ANTENNA_STATE_FIELD_NUMBER -> antennaState(stamp, Wire.AntennaState.parseFrom(body));
                case Wire.Event.BOX_STATE_FIELD_NUMBER -> boxState(stamp, Wire.BoxState.parseFrom(body));
                default -> new Event.Unknown(stamp, kind, body);
            };
        } catch (InvalidProtocolBufferException e) {
            throw new StreamFormatException(
                    "event of kind " + kindName(kind) + " with a body of " + body.size() + " bytes: " + e.getMessage(),
                    e);
        }
    }

    static Wire.Source source(Source source) {
        return Wire.Source.newBuilder()
                .setReader(source.reader())
                .setTimingPoint(source.timingPoint())
                .setLineValue(WireEnum.LINE.number(source.line()))
                .build();
    }

    static Source source(Wire.Source source) {
        return new Source(source.getReader(), source.getTimingPoint(), WireEnum.LINE.constant(source.getLineValue()));
    }

    static Wire.Gun gun(Event.Gun gun) {
        return Wire.Gun.newBuilder()
                .setTimingPoint(gun.timingPoint())
                .setInput(gun.input())
                .setKernelTime(gun.kernelTime())
                .setWithinLockout(gun.withinLockout())
                .setEdgesMissed(gun.edgesMissed())
                .build();
    }

    static Event.Gun gun(Stamp stamp, Wire.Gun gun) {
        return new Event.Gun(
                stamp,
                gun.getTimingPoint(),
                gun.getInput(),
                gun.getKernelTime(),
                gun.getWithinLockout(),
                gun.getEdgesMissed());
    }

    static Wire.Mark mark(Event.Mark mark) {
        return Wire.Mark.newBuilder()
                .setTimingPoint(mark.timingPoint())
                .setInput(mark.input())
                .setKernelTime(mark.kernelTime())
                .setEdgesMissed(mark.edgesMissed())
                .build();
    }

    static Event.Mark mark(Stamp stamp, Wire.Mark mark) {
        return new Event.Mark(
                stamp, mark.getTimingPoint(), mark.getInput(), mark.getKernelTime(), mark.getEdgesMissed());
    }

    static Wire.ClockState clockState(Event.ClockState clock) {
        return Wire.ClockState.newBuilder()
                .setEdition(clock.edition())
                .setFromMonotonicNanos(clock.fromMonotonicNanos())
                .setUntilMonotonicNanos(clock.untilMonotonicNanos())
                .setAnchorMonotonicNanos(clock.anchorMonotonicNanos())
                .setAnchorRawNanos(clock.anchorRawNanos())
                .setAnchorUtcNanos(clock.anchorUtcNanos())
                .setRatePpb(clock.ratePpb())
                .setUncertaintyNanos(uncertainty(clock.uncertaintyNanos()))
                .setUncertaintyGrowthPpb(clock.uncertaintyGrowthPpb())
                .setSourceValue(WireEnum.CLOCK_SOURCE.number(clock.source()))
                .setReason(clock.reason())
                .build();
    }

    static Event.ClockState clockState(Stamp stamp, Wire.ClockState clock) {
        return new Event.ClockState(
                stamp,
                clock.getEdition(),
                clock.getFromMonotonicNanos(),
                clock.getUntilMonotonicNanos(),
                clock.getAnchorMonotonicNanos(),
                clock.getAnchorRawNanos(),
                clock.getAnchorUtcNanos(),
                clock.getRatePpb(),
                uncertaintyOf(clock.getUncertaintyNanos()),
                clock.getUncertaintyGrowthPpb(),
                WireEnum.CLOCK_SOURCE.constant(clock.getSourceValue()),
                clock.getReason());
    }

    static Wire.ReaderState readerState(Event.ReaderState state) {
        Wire.ReaderState.Builder wire = Wire.ReaderState.newBuilder()
                .setReader(source(state.reader()))
                .setPhaseValue(WireEnum.READER_PHASE.number(state.phase()))
                .setDetail(state.detail());
        for (Gap gap : state.gaps()) {
            wire.addGaps(Wire.Gap.newBuilder()
                    .setCauseValue(WireEnum.GAP_CAUSE.number(gap.cause()))
                    .setFromMonotonicNanos(gap.fromMonotonicNanos())
                    .setUntilMonotonicNanos(gap.untilMonotonicNanos())
                    .setFromUtcNanos(gap.fromUtcNanos())
                    .setUntilUtcNanos(gap.untilUtcNanos())
                    .setCount(gap.count()));
        }
        return wire.build();
    }

    static Event.ReaderState readerState(Stamp stamp, Wire.ReaderState state) {
        List<Gap> gaps = state.getGapsList().stream()
                .map(gap -> new Gap(
                        WireEnum.GAP_CAUSE.constant(gap.getCauseValue()),
                        gap.getFromMonotonicNanos(),
                        gap.getUntilMonotonicNanos(),
                        gap.getFromUtcNanos(),
                        gap.getUntilUtcNanos(),
                        gap.getCount()))
                .toList();
        return new Event.ReaderState(
                stamp,
                source(state.getReader()),
                WireEnum.READER_PHASE.constant(state.getPhaseValue()),
                state.getDetail(),
                gaps);
    }

    static Wire.AntennaState antennaState(Event.AntennaState state) {
        return Wire.AntennaState.newBuilder()
                .setReader(source(state.reader()))
                .setAntenna(state.antenna())
                .setConditionValue(WireEnum.ANTENNA_CONDITION.number(state.condition()))
                .setDetail(state.detail())
                .build();
    }

    static Event.AntennaState antennaState(Stamp stamp, Wire.AntennaState state) {
        return new Event.AntennaState(
                stamp,
                source(state.getReader()),
                state.getAntenna(),
                WireEnum.ANTENNA_CONDITION.constant(state.getConditionValue()),
                state.getDetail());
    }

    static Wire.BoxState boxState(Event.BoxState state) {
        Wire.BoxState.Builder wire = Wire.BoxState.newBuilder()
                .setConditionValue(WireEnum.BOX_CONDITION.number(state.condition()))
                .setBox(state.box())
                .setSoftware(state.software())
                .setSimulated(state.simulated())
                .setDetail(state.detail());
        // Sorted, so that equal events have equal bytes.
        new TreeMap<>(state.readsLost())
                .forEach((reader, count) -> wire.addReadsLost(
                        Wire.ReadsLost.newBuilder().setReader(reader).setCount(count)));
        return wire.build();
    }

    static Event.BoxState boxState(Stamp stamp, Wire.BoxState state) {
        TreeMap<String, Long> readsLost = new TreeMap<>();
        state.getReadsLostList().forEach(lost -> readsLost.merge(lost.getReader(), lost.getCount(), Long::sum));
        return new Event.BoxState(
                stamp,
                WireEnum.BOX_CONDITION.constant(state.getConditionValue()),
                state.getBox(),
                state.getSoftware(),
                state.getSimulated(),
                state.getDetail(),
                readsLost);
    }

    /** On the wire 0 says that nothing vouches for the clock. */
    static long uncertainty(long nanos) {
        return nanos == Stamp.UNSYNCHRONISED ? 0 : nanos;
    }

    static long uncertaintyOf(long wire) {
        return wire <= 0 ? Stamp.UNSYNCHRONISED : wire;
    }
}
