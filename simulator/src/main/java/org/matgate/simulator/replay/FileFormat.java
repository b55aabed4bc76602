package org.matgate.simulator.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a file of reads can be, found by how it begins. */
public enum FileFormat {
    /** What {@code matgate export --format csv} writes. */
    EXPORT_CSV,
    /** What {@code matgate export --format jsonl} writes. */
    EXPORT_JSONL,
    /** A table with the columns time and chip, and if wanted antenna, rssi, reader and timing_point, in any order. */
    TABLE,
    /** Lines of IPICO readers, from a reader or {@code matgate export --format ipico}. */
    IPICO_LINES;

    private static final Set<String> EXPORTED = Set.of("kind", "utc_nanos", "chip");
    private static final Set<String> NEEDED = Set.of("time", "chip");
    private static final Set<String> KNOWN = Set.of("time", "chip", "antenna", "rssi", "reader", "timing_point");

    /**
     * What a file is.
     *
     * @throws MistakesException if it is none of them; it says what would be
     */
    public static FileFormat of(Path file) throws IOException, MistakesException {
        try (Lines lines = new Lines(file)) {
            for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
                String start = new String(line.get(), StandardCharsets.ISO_8859_1).strip();
                if (!start.isEmpty()) {
                    return of(file, lines.number(), start, line.get());
                }
            }
        }
        throw new MistakesException(file + ": has nothing in it");
    }

    private static FileFormat of(Path file, int number, String start, byte[] line) throws MistakesException {
        if (start.startsWith("{")) {
            return EXPORT_JSONL;
        }
        if (start.matches("a[ab][0-9a-f]{6,}.*")) {
            return IPICO_LINES;
        }
        try {
            Set<String> columns = columns(CsvRecords.values(Lines.text(line)));
            if (columns.containsAll(EXPORTED)) {
                return EXPORT_CSV;
            }
            if (columns.containsAll(NEEDED) && KNOWN.containsAll(columns)) {
                return TABLE;
            }
            throw new IllegalArgumentException(
                    columns.containsAll(NEEDED)
                            ? "columns that nobody knows among " + columns
                                    + ": want no others than time, chip, antenna," + " rssi, reader, timing_point"
                            : "cannot tell what it is: want what matgate export writes, a header with the columns time,"
                                    + " chip, antenna and rssi divided by commas, or lines of an IPICO reader");
        } catch (IllegalArgumentException e) {
            throw new MistakesException(file + ":" + number + ": " + e.getMessage());
        }
    }

    private static Set<String> columns(List<String> header) {
        Set<String> columns = new HashSet<>();
        for (String name : header) {
            if (!columns.add(CsvReads.name(name))) {
                throw new IllegalArgumentException("the column '" + name + "' is there twice");
            }
        }
        return columns;
    }

    Reads open(Path file, Mistakes mistakes) throws IOException {
        return switch (this) {
            case EXPORT_CSV -> new CsvReads(file, true, mistakes);
            case EXPORT_JSONL -> new JsonlReads(file, mistakes);
            case TABLE -> new CsvReads(file, false, mistakes);
            case IPICO_LINES -> new IpicoReads(file, mistakes);
        };
    }
}
