package org.matgate.simulator.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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
    /** A capture may begin in the middle of a line. */
    private static final int LINES_LOOKED_AT = 10;

    private static final Pattern IPICO_LINE = Pattern.compile("\\s*a[ab][0-9a-f]{6,}\\s*");
    private static final Pattern JSON_START = Pattern.compile("(\u00EF\u00BB\u00BF)?\\s*\\{");

    /**
     * What a file is.
     *
     * @throws MistakesException if it is none of them; it says what would be
     */
    public static FileFormat of(Path file) throws IOException, MistakesException {
        List<String> start = start(file);
        if (start.isEmpty()) {
            throw new MistakesException(file + ": has nothing in it");
        }
        if (JSON_START.matcher(start.getFirst()).lookingAt()) {
            return EXPORT_JSONL;
        }
        if (start.stream().anyMatch(line -> IPICO_LINE.matcher(line).matches())) {
            return IPICO_LINES;
        }
        try (Lines lines = new Lines(file)) {
            return table(new CsvRecords(lines).next().orElse(List.of()));
        } catch (BadRowException e) {
            throw new MistakesException(e.in(file));
        }
    }

    /** The first lines that are not blank. */
    private static List<String> start(Path file) throws IOException {
        List<String> start = new ArrayList<>();
        try (Lines lines = new Lines(file)) {
            for (Optional<byte[]> line = lines.next();
                    line.isPresent() && start.size() < LINES_LOOKED_AT;
                    line = lines.next()) {
                String text = new String(line.get(), StandardCharsets.ISO_8859_1);
                if (!text.isBlank()) {
                    start.add(text);
                }
            }
        }
        return start;
    }

    private static FileFormat table(List<Value> header) throws BadRowException {
        Set<String> columns = CsvReads.columns(header).keySet();
        if (columns.containsAll(EXPORTED)) {
            return EXPORT_CSV;
        }
        Place place = header.isEmpty() ? Place.line(1) : header.getFirst().place();
        if (!columns.containsAll(NEEDED)) {
            throw new BadRowException(
                    place,
                    "cannot tell what it is: want what matgate export writes, a header with the columns time, chip,"
                            + " antenna and rssi divided by commas, or lines of an IPICO reader");
        }
        for (Value column : header) {
            if (!KNOWN.contains(CsvReads.name(column))) {
                throw new BadRowException(
                        column.place(),
                        "nobody knows the column '" + column.text()
                                + "': want no others than time, chip, antenna, rssi, reader, timing_point");
            }
        }
        return TABLE;
    }

    Reads open(Path file, Mistakes mistakes) throws IOException {
        return switch (this) {
            case EXPORT_CSV -> CsvReads.open(file, true, mistakes);
            case EXPORT_JSONL -> new JsonlReads(file, mistakes);
            case TABLE -> CsvReads.open(file, false, mistakes);
            case IPICO_LINES -> new IpicoReads(file, mistakes);
        };
    }
}
