package org.matgate.gateway.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.stream.Event;
import org.matgate.protocol.stream.EventCodec;
import org.matgate.protocol.stream.Source;
import org.matgate.protocol.stream.Stamp;

/** Comma-separated values (RFC 4180) in UTF-8 with a header: one line an event, the columns as in the view entry. */
final class CsvExporter implements Exporter {
    private static final List<String> COLUMNS = List.of(
            "journal",
            "seq",
            "kind",
            "utc",
            "synchronised",
            "uncertainty_nanos",
            "clock_source",
            "box",
            "timing_point",
            "reader",
            "line",
            "antenna",
            "chip",
            "rssi_dbm",
            "sightings",
            "detail",
            "utc_nanos",
            "boot",
            "monotonic_nanos",
            "moment_uncertainty_nanos",
            "arrival_monotonic_nanos",
            "reader_time_base",
            "reader_time_micros",
            "believed_utc_nanos",
            "believed_uncertainty_nanos");

    private final OutputStream out;
    private final StringBuilder line = new StringBuilder();

    CsvExporter(OutputStream out) {
        this.out = out;
    }

    @Override
    public void begin() throws IOException {
        COLUMNS.forEach(this::cell);
        end();
    }

    @Override
    public boolean write(Exported exported) throws IOException {
        Event event = exported.event();
        Stamp known = exported.stamp();
        Stamp believed = event.stamp();
        boolean sure = known.synchronised();
        cell(exported.journal().id().toString());
        cell(exported.entry().seq());
        cell(EventCodec.kindName(EventCodec.kind(event)));
        cell(sure ? Fields.iso(known.utcNanos()) : "");
        cell(sure ? "yes" : "no");
        cell(sure ? Long.toString(known.uncertaintyNanos()) : "");
        cell(Fields.word(exported.source()));
        cell(exported.journal().box());
        place(event);
        cell(Details.of(event));
        cell(sure ? Long.toString(known.utcNanos()) : "");
        cell(believed.bootId().toString());
        cell(believed.monotonicNanos());
        cell(believed.momentUncertaintyNanos());
        readerTime(event);
        cell(believed.utcNanos());
        cell(believed.synchronised() ? Long.toString(believed.uncertaintyNanos()) : "");
        end();
        return true;
    }

    /** From timing point to sightings. */
    private void place(Event event) {
        @Nullable Source reader = Fields.reader(event);
        cell(Fields.timingPoint(event));
        cell(reader == null ? "" : reader.reader());
        cell(reader == null ? "" : Fields.word(reader.line()));
        if (event instanceof Event.TagRead read) {
            cell(read.antenna() == 0 ? "" : Integer.toString(read.antenna()));
            cell(read.chip().hex());
            cell(Fields.dbm(read.rssiCentiDbm()));
            cell(read.sightings());
        } else {
            cell(event instanceof Event.AntennaState state ? Integer.toString(state.antenna()) : "");
            cell("");
            cell("");
            cell("");
        }
    }

    private void readerTime(Event event) {
        if (event instanceof Event.TagRead read) {
            boolean told = read.readerTime().base() != ReaderTime.Base.NONE;
            cell(read.arrivalMonotonicNanos());
            cell(told ? Fields.word(read.readerTime().base()) : "");
            cell(told ? Long.toString(read.readerTime().micros()) : "");
        } else {
            cell("");
            cell("");
            cell("");
        }
    }

    private void cell(long number) {
        cell(Long.toString(number));
    }

    private void cell(String text) {
        if (!line.isEmpty()) {
            line.append(',');
        }
        if (text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')) {
            line.append('"').append(text.replace("\"", "\"\"")).append('"');
        } else {
            line.append(text);
        }
    }

    private void end() throws IOException {
        out.write(line.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        line.setLength(0);
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
