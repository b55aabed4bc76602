package org.matgate.simulator.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A table with a header: what {@code matgate export --format csv} writes, or a person's own. */
final class CsvReads implements Reads {
    private final Lines lines;
    private final CsvRecords records;
    private final Mistakes mistakes;
    private final boolean export;
    private final Map<String, Integer> columns;
    private final Times times = new Times();

    private CsvReads(Lines lines, boolean export, Mistakes mistakes) throws IOException, BadRowException {
        this.lines = lines;
        this.records = new CsvRecords(lines);
        this.mistakes = mistakes;
        this.export = export;
        this.columns = columns(records.next().orElse(List.of()));
    }

    /**
     * Reads the header.
     *
     * @param export whether it is of an export
     */
    static CsvReads open(Path file, boolean export, Mistakes mistakes) throws IOException {
        Lines lines = new Lines(file);
        try {
            return new CsvReads(lines, export, mistakes);
        } catch (BadRowException e) {
            lines.close();
            throw new IOException(file + ": has no header any more: it has changed", e);
        } catch (IOException e) {
            lines.close();
            throw e;
        }
    }

    /**
     * Where the columns are, however a person's program writes their names.
     *
     * @throws BadRowException if one is there twice
     */
    static Map<String, Integer> columns(List<Value> header) throws BadRowException {
        Map<String, Integer> columns = new HashMap<>();
        for (Value name : header) {
            if (columns.put(name(name), columns.size()) != null) {
                throw new BadRowException(
                        name.place(), "the column '" + name.text() + "' is there twice: want it once");
            }
        }
        return columns;
    }

    static String name(Value header) {
        return header.text().toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<RecordedRead> next() throws IOException {
        while (true) {
            try {
                Optional<List<Value>> record = records.next();
                if (record.isEmpty()) {
                    return Optional.empty();
                }
                Optional<RecordedRead> read = read(record.get());
                if (read.isPresent()) {
                    return read;
                }
            } catch (BadRowException e) {
                e.tell(mistakes);
            }
        }
    }

    private Optional<RecordedRead> read(List<Value> record) throws BadRowException {
        Place place = record.getFirst().place();
        if (record.size() != columns.size()) {
            throw new BadRowException(
                    place, record.size() + " values: want " + columns.size() + ", as many as the header has");
        }
        Row row = name -> {
            int column = columns.getOrDefault(name, -1);
            return column < 0 ? new Value("", place) : record.get(column);
        };
        return export ? ReadRow.exported(place.line(), row) : Optional.of(ReadRow.plain(place.line(), row, times));
    }

    @Override
    public TimeForm form() {
        return export ? TimeForm.WITH_ZONE : times.form();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
