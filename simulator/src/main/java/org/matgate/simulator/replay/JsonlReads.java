package org.matgate.simulator.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What {@code matgate export --format jsonl} writes. */
final class JsonlReads implements Reads {
    private final Lines lines;
    private final Mistakes mistakes;

    JsonlReads(Path file, Mistakes mistakes) throws IOException {
        this.lines = new Lines(file);
        this.mistakes = mistakes;
    }

    @Override
    public Optional<RecordedRead> next() throws IOException {
        while (true) {
            try {
                Optional<String> line = lines.text();
                if (line.isEmpty()) {
                    return Optional.empty();
                }
                Optional<RecordedRead> read = line.get().isBlank() ? Optional.empty() : read(line.get());
                if (read.isPresent()) {
                    return read;
                }
            } catch (BadRowException e) {
                e.tell(mistakes);
            }
        }
    }

    private Optional<RecordedRead> read(String line) throws BadRowException {
        Map<String, Value> values = JsonLine.values(line, lines.number());
        Value none = new Value("", Place.line(lines.number()));
        return ReadRow.exported(lines.number(), name -> values.getOrDefault(name, none));
    }

    @Override
    public TimeForm form() {
        return TimeForm.WITH_ZONE;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
