package org.matgate.simulator.referee;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
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
        // Line by line: a day has millions.
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(header);
            out.newLine();
            for (Iterator<List<?>> all = rows.iterator(); all.hasNext(); ) {
                out.write(line(all.next()));
                out.newLine();
            }
        }
    }

    /** @throws IOException if the file has other columns, or a line that is not a row; it names the line */
    static <T> List<T> read(Path file, String header, Row<T> row) throws IOException {
        List<T> rows = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(file)) {
            if (!header.equals(in.readLine())) {
                throw new IOException(file + ":1: want the columns " + header);
            }
            int columns = values(header).size();
            int number = 1;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                List<String> values = values(line);
                if (values.size() != columns) {
                    throw new IOException(file + ":" + number + ": " + values.size() + " values; want " + columns);
                }
                try {
                    rows.add(row.of(values));
                } catch (IllegalArgumentException e) {
                    throw new IOException(file + ":" + number + ": " + e.getMessage(), e);
                }
            }
        }
        return rows;
    }

    static String line(List<?> values) {
        return values.stream().map(Csv::quoted).collect(Collectors.joining(","));
    }

    private static String quoted(Object value) {
        if (value instanceof Number || value instanceof Enum<?>) {
            return value.toString();
        }
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
