package org.matgate.simulator.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A table with a header: what {@code matgate export --format csv} writes, or a person's own. */
final class CsvReads implements Reads {
    private final Lines lines;
    private final CsvRecords records;
    private final Mistakes mistakes;
    private final boolean export;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Times times = new Times();

    CsvReads(Path file, boolean export, Mistakes mistakes) throws IOException {
        this.lines = new Lines(file);
        this.records = new CsvRecords(lines);
        this.mistakes = mistakes;
        this.export = export;
        List<String> header = records.next().orElse(List.of());
        for (int i = 0; i < header.size(); i++) {
            columns.put(name(header.get(i)), i);
        }
    }

    /** A column's name, however a person's program writes it. */
    static String name(String header) {
        return header.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<RecordedRead> next() throws IOException {
        while (true) {
            try {
                Optional<List<String>> record = records.next();
                if (record.isEmpty()) {
                    return Optional.empty();
                }
                Optional<RecordedRead> read = read(record.get());
                if (read.isPresent()) {
                    return read;
                }
            } catch (IllegalArgumentException e) {
                mistakes.add(records.line(), String.valueOf(e.getMessage()));
            }
        }
    }

    private Optional<RecordedRead> read(List<String> record) {
        if (record.size() != columns.size()) {
            throw new IllegalArgumentException(
                    record.size() + " values: want " + columns.size() + ", as many as the header has");
        }
        UnaryOperator<String> values = name -> {
            int column = columns.getOrDefault(name, -1);
            return column < 0 ? "" : record.get(column).strip();
        };
        return export
                ? ReadRow.exported(records.line(), values)
                : Optional.of(ReadRow.plain(records.line(), values, times));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
