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
        for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
            try {
                String text = Lines.text(line.get());
                if (!text.isBlank()) {
                    Map<String, String> values = JsonLine.values(text);
                    Optional<RecordedRead> read =
                            ReadRow.exported(lines.number(), name -> values.getOrDefault(name, ""));
                    if (read.isPresent()) {
                        return read;
                    }
                }
            } catch (IllegalArgumentException e) {
                mistakes.add(lines.number(), String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
