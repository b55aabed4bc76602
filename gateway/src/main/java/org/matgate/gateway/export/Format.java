package org.matgate.gateway.export;

import java.io.OutputStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.matgate.protocol.stream.Source;

/** What a file of events may look like. */
public enum Format {
    /** A table for spreadsheets and scripts. */
    CSV,
    /** An object a line, with all that each event says. */
    JSONL,
    /** Tag lines of IPICO readers. */
    IPICO;

    /** Whether its lines say the time of day without saying where. */
    public boolean wantsZone() {
        return this == IPICO;
    }

    /**
     * Makes what writes it.
     *
     * @param readers all that the journals name
     * @param zone of which times of day are said, where the format {@linkplain #wantsZone wants} one
     */
    public Exporter exporter(OutputStream out, List<Source> readers, Optional<ZoneId> zone) {
        return switch (this) {
            case CSV -> new CsvExporter(out);
            case JSONL -> new JsonlExporter(out);
            case IPICO ->
                new IpicoExporter(
                        out, readers, zone.orElseThrow(() -> new IllegalArgumentException("want a time zone")));
        };
    }
}
