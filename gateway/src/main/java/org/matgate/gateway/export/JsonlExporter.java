package org.matgate.gateway.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.matgate.gateway.status.Facts;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.EventCodec;
import org.matgate.protocol.stream.Gap;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;

/** One JSON object an event and line, of every kind, with all that the event says. */
final class JsonlExporter implements Exporter {
    private final OutputStream out;

    JsonlExporter(OutputStream out) {
        this.out = out;
    }

    @Override
    public void begin() {
        // There is no header.
    }

    @Override
    public boolean write(Exported exported) throws IOException {
        out.write((own(exported.event(), common(exported)).json() + "\n").getBytes(StandardCharsets.UTF_8));
        return true;
    }

    private static Facts common(Exported exported) {
        Event event = exported.event();
        Stamp known = exported.stamp();
        Stamp believed = event.stamp();
        Facts facts = Facts.NONE
                .with("journal", exported.journal().id().toString())
                .with("seq", exported.entry().seq())
                .with("kind", EventCodec.kindName(EventCodec.kind(event)))
                .with("box", exported.journal().box())
                .with("synchronised", known.synchronised());
        if (known.synchronised()) {
            facts = facts.with("utc", Fields.iso(known.utcNanos()))
                    .with("utc_nanos", known.utcNanos())
                    .with("uncertainty_nanos", known.uncertaintyNanos());
        }
        return facts.with("clock_source", Fields.word(exported.source()))
                .with("boot", believed.bootId().toString())
                .with("monotonic_nanos", believed.monotonicNanos())
                .with("moment_uncertainty_nanos", believed.momentUncertaintyNanos())
                .with("believed_utc_nanos", believed.utcNanos())
                .with(
                        "believed_uncertainty_nanos",
                        believed.synchronised() ? OptionalLong.of(believed.uncertaintyNanos()) : OptionalLong.empty());
    }

    private static Facts own(Event event, Facts facts) {
        return switch (event) {
            case Event.TagRead read -> read(read, facts);
            case Event.Gun gun ->
                facts.with("timing_point", gun.timingPoint())
                        .with("input", gun.input())
                        .with("kernel_time", gun.kernelTime())
                        .with("within_lockout", gun.withinLockout())
                        .with("edges_missed", gun.edgesMissed());
            case Event.Mark mark ->
                facts.with("timing_point", mark.timingPoint())
                        .with("input", mark.input())
                        .with("kernel_time", mark.kernelTime())
                        .with("edges_missed", mark.edgesMissed());
            case Event.ClockState piece -> piece(piece, facts);
            case Event.ReaderState state ->
                reader(state.reader(), facts)
                        .with("phase", Fields.word(state.phase()))
                        .with("detail", state.detail())
                        .with(
                                "gaps",
                                state.gaps().stream().map(JsonlExporter::gap).toList());
            case Event.AntennaState state ->
                reader(state.reader(), facts)
                        .with("antenna", state.antenna())
                        .with("condition", Fields.word(state.condition()))
                        .with("detail", state.detail());
            case Event.BoxState state -> box(state, facts);
            case Event.Unknown unknown ->
                facts.with("kind_number", unknown.kind()).with("body", EventCodec.bodyHex(unknown));
        };
    }

    private static Facts read(Event.TagRead read, Facts facts) {
        OptionalInt antenna = read.antenna() == 0 ? OptionalInt.empty() : OptionalInt.of(read.antenna());
        Facts all = reader(read.source(), facts)
                .with("antenna", antenna)
                .with("chip", read.chip().hex())
                .with("rssi_centi_dbm", read.rssiCentiDbm())
                .with("sightings", read.sightings())
                .with("arrival_monotonic_nanos", read.arrivalMonotonicNanos());
        return read.readerTime().base() == ReaderTime.Base.NONE
                ? all
                : all.with("reader_time_base", Fields.word(read.readerTime().base()))
                        .with("reader_time_micros", read.readerTime().micros());
    }

    private static Facts reader(Source reader, Facts facts) {
        return facts.with("reader", reader.reader())
                .with("timing_point", reader.timingPoint())
                .with("line", Fields.word(reader.line()));
    }

    private static Facts piece(Event.ClockState piece, Facts facts) {
        OptionalLong uncertainty = piece.uncertaintyNanos() == Stamp.UNSYNCHRONISED
                ? OptionalLong.empty()
                : OptionalLong.of(piece.uncertaintyNanos());
        return facts.with("edition", piece.edition())
                .with("from_monotonic_nanos", piece.fromMonotonicNanos())
                .with("until_monotonic_nanos", piece.untilMonotonicNanos())
                .with("anchor_monotonic_nanos", piece.anchorMonotonicNanos())
                .with("anchor_raw_nanos", piece.anchorRawNanos())
                .with("anchor_utc_nanos", piece.anchorUtcNanos())
                .with("rate_ppb", piece.ratePpb())
                .with("piece_uncertainty_nanos", uncertainty)
                .with("piece_uncertainty_growth_ppb", piece.uncertaintyGrowthPpb())
                .with("piece_source", Fields.word(piece.source()))
                .with("reason", piece.reason());
    }

    private static Facts gap(Gap gap) {
        return Facts.NONE
                .with("cause", Fields.word(gap.cause()))
                .with("from_monotonic_nanos", gap.fromMonotonicNanos())
                .with("until_monotonic_nanos", gap.untilMonotonicNanos())
                .with("from_utc_nanos", gap.fromUtcNanos())
                .with("until_utc_nanos", gap.untilUtcNanos())
                .with("count", gap.count());
    }

    private static Facts box(Event.BoxState state, Facts facts) {
        return facts.with("condition", Fields.word(state.condition()))
                .with("software", state.software())
                .with("simulated", state.simulated())
                .with("detail", state.detail())
                .with(
                        "reads_lost",
                        new TreeMap<>(state.readsLost())
                                .entrySet().stream()
                                        .map(reader -> Facts.NONE
                                                .with("reader", reader.getKey())
                                                .with("count", reader.getValue()))
                                        .toList());
    }

    @Override
    public List<String> leftOut() {
        return List.of();
    }

    @Override
    public List<String> notes() {
        return List.of();
    }
}
