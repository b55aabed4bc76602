package org.matgate.simulator.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;

/** Lines of IPICO readers, told by other readers: their times as they stand, without a zone. */
final class IpicoReads implements Reads {
    private final Lines lines;
    private final Mistakes mistakes;

    IpicoReads(Path file, Mistakes mistakes) throws IOException {
        this.lines = new Lines(file);
        this.mistakes = mistakes;
    }

    @Override
    public Optional<RecordedRead> next() throws IOException {
        for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
            String text = new String(line.get(), StandardCharsets.ISO_8859_1).strip();
            Optional<TagReport> report = CapturedBytes.tagIn(line.get());
            if (report.isPresent() && report.get().time().base() == ReaderTime.Base.CIVIL) {
                return Optional.of(read(text, report.get()));
            }
            // What starts with ab is an answer to a host: no read, and no mistake.
            if (!text.isEmpty() && !text.startsWith("ab")) {
                mistakes.add(
                        Place.line(lines.number()),
                        "no good line of an IPICO reader: want aa, 32 hexadecimal digits and the checksum of these");
            }
        }
        return Optional.empty();
    }

    private RecordedRead read(String text, TagReport report) {
        return new RecordedRead(
                lines.number(),
                report.time().micros() * 1000,
                report.chip(),
                RecordedRead.ANTENNA,
                RecordedRead.RSSI_CENTI_DBM,
                text.substring(2, 4),
                "");
    }

    @Override
    public TimeForm form() {
        return TimeForm.WITHOUT_ZONE;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
