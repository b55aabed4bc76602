package org.matgate.simulator.reader;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.matgate.simulator.SimClock;

/** Writes each offered read as a line of comma-separated values. A field that the protocol does not say is empty. */
public final class CsvWireLog implements WireLog, AutoCloseable {
    private static final String HEADER = "reader,sighted_utc_nanos,sent_utc_nanos,chip,antenna,rssi_centi_dbm,"
            + "reader_time_base,reader_time_micros,fate\n";

    private final BufferedWriter out;
    private final SimClock clock;

    /** Begins a new file, or begins one anew. */
    public CsvWireLog(Path file, SimClock clock) throws IOException {
        this.out = Files.newBufferedWriter(file);
        this.clock = clock;
        out.write(HEADER);
        out.flush();
    }

    /** @throws UncheckedIOException if the file cannot be written: a truth with holes is none */
    @Override
    public synchronized void offered(WireRead truth, long sentMonotonicNanos, Fate fate) {
        OptionalInt rssi = truth.rssiCentiDbm();
        try {
            out.write(String.join(
                    ",",
                    truth.reader(),
                    Long.toString(clock.utcNanos(truth.sightedMonotonicNanos())),
                    Long.toString(clock.utcNanos(sentMonotonicNanos)),
                    truth.chip().hex(),
                    truth.antenna() == 0 ? "" : Integer.toString(truth.antenna()),
                    rssi.isPresent() ? Integer.toString(rssi.getAsInt()) : "",
                    truth.readerTime().base().name(),
                    Long.toString(truth.readerTime().micros()),
                    fate.name()));
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the wire log", e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
