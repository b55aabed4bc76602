package org.matgate.gateway.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A report on its way through the socket, as text in UTF-8.
 *
 * <table>
 * <caption>Each ends in a line feed; a tab separates columns. No column contains a control character.</caption>
 * <tr><td>first</td><td>{@value #HEAD}</td></tr>
 * <tr><td>for each part</td><td>level, part, name, text, to do, facts as a JSON object</td></tr>
 * <tr><td>last</td><td>{@value #END}</td></tr>
 * </table>
 */
final class ReportWire {
    static final String HEAD = "matgate-status 1";
    static final String END = "end";

    private static final int COLUMNS = 6;

    private ReportWire() {}

    static String encode(Report report) {
        return HEAD + "\n"
                + report.lines().stream()
                        .map(line -> String.join(
                                        "\t",
                                        line.level().name(),
                                        line.part(),
                                        line.name(),
                                        line.text(),
                                        line.todo(),
                                        line.facts().json())
                                + "\n")
                        .collect(Collectors.joining())
                + END + "\n";
    }

    /** The report; empty if this is none, or not a whole one. */
    static Optional<Report> decode(String text) {
        List<String> rows = text.lines().toList();
        if (rows.size() < 2 || !rows.getFirst().equals(HEAD) || !rows.getLast().equals(END)) {
            return Optional.empty();
        }
        List<Line> lines = new ArrayList<>();
        for (String row : rows.subList(1, rows.size() - 1)) {
            Optional<Line> line = line(row.split("\t", -1));
            if (line.isEmpty()) {
                return Optional.empty();
            }
            lines.add(line.get());
        }
        return Optional.of(new Report(lines));
    }

    private static Optional<Line> line(String[] columns) {
        if (columns.length != COLUMNS || !columns[5].startsWith("{") || !columns[5].endsWith("}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Line(
                    Level.valueOf(columns[0]),
                    columns[1],
                    columns[2],
                    columns[3],
                    columns[4],
                    new Facts(columns[5].substring(1, columns[5].length() - 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
