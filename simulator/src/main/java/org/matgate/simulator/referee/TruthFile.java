package org.matgate.simulator.referee;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.matgate.protocol.Chip;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.simulator.reader.WireLog.Fate;
import org.matgate.simulator.reader.WireLog.WireRead;

/** Every read that was put on the wire, as a file. */
record TruthFile(Path path) {
    private static final String COLUMNS = "reader,chip,antenna,rssi_centi_dbm,reader_time_base,"
            + "reader_time_micros,came_monotonic_nanos,sighted_monotonic_nanos,sighted_utc_nanos,sent_monotonic_nanos,fate";

    void write(List<TruthRead> truth) throws IOException {
        Csv.write(path, COLUMNS, truth.stream().map(TruthFile::row));
    }

    /** @throws IOException if it is missing or damaged; the message says where */
    List<TruthRead> read() throws IOException {
        Pool pool = new Pool();
        return Csv.read(path, COLUMNS, values -> truth(values, pool));
    }

    private static List<?> row(TruthRead truth) {
        WireRead read = truth.read();
        return List.of(
                read.reader(),
                read.chip(),
                read.antenna(),
                read.rssiCentiDbm().isPresent() ? read.rssiCentiDbm().getAsInt() : "",
                read.readerTime().base(),
                read.readerTime().micros(),
                read.cameMonotonicNanos(),
                read.sightedMonotonicNanos(),
                truth.sightedUtcNanos(),
                truth.sentMonotonicNanos(),
                truth.fate());
    }

    private static TruthRead truth(List<String> v, Pool pool) {
        return new TruthRead(
                new WireRead(
                        pool.one(v.get(0)),
                        Long.parseLong(v.get(6)),
                        Long.parseLong(v.get(7)),
                        pool.one(new Chip(v.get(1))),
                        Integer.parseInt(v.get(2)),
                        pool.one(v.get(3).isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(v.get(3)))),
                        new ReaderTime(ReaderTime.Base.valueOf(v.get(4)), Long.parseLong(v.get(5)))),
                Long.parseLong(v.get(8)),
                Long.parseLong(v.get(9)),
                Fate.valueOf(v.get(10)));
    }
}
