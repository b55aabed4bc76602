package org.matgate.simulator.referee;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Comma-separated values (RFC 4180) under one line of column names; values hold no line ends. */
final class Csv {
    private Csv() {}

    /** Turns the values of one line into what they mean. */
    interface Row<T> {
        T of(List<String> values);
    }

    static void write(Path file, String header, Stream<List<?>> rows) throws IOException {
        Files.write(file, Stream.concat(Stream.of(header), rows.map(Csv::line)).toList());
    }

    /** @throws IOException if the file has other columns, or a line that is not a row; it names the line */
    static <T> List<T> read(Path file, String header, Row<T> row) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.getFirst().equals(header)) {
            throw new IOException(file + ":1: want the columns " + header);
        }
        int columns = values(header).size();
        List<T> rows = new ArrayList<>(lines.size());
        for (int i = 1; i < lines.size(); i++) {
            List<String> values = values(lines.get(i));
            if (values.size() != columns) {
                throw new IOException(file + ":" + (i + 1) + ": " + values.size() + " values; want " + columns);
            }
            try {
                rows.add(row.of(values));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ":" + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return rows;
    }

    static String line(List<?> values) {
        return values.stream().map(Csv::quoted).collect(Collectors.joining(","));
    }

    private static String quoted(Object value) {
        String text = value.toString().replaceAll("\\R", " ");
        return text.contains(",") || text.contains("\"") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    static List<String> values(String line) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                value.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString());
        return values;
    }
}
