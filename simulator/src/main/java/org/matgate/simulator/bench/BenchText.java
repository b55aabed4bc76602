package org.matgate.simulator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.matgate.simulator.bench.Bench.Result;

/** What came out, for people and for programs. */
public final class BenchText {
    private BenchText() {}

    /** A table, and a warning where it must not be believed. */
    public static List<String> lines(Result result) {
        List<String> lines = new ArrayList<>();
        int what = width(result.rows().stream().map(Row::what).toList(), "what");
        int aim = width(result.rows().stream().map(Row::aim).toList(), "aim");
        String format = "%-" + what + "s  %-" + aim + "s  %-6s  %s";
        lines.add(format.formatted("what", "aim", "", "measured"));
        for (Row row : result.rows()) {
            lines.add(format.formatted(row.what(), row.aim(), outcome(result, row), row.measured()));
        }
        result.failures().forEach(failure -> lines.add("not measured: " + failure));
        if (result.quick()) {
            lines.add("quick: too short a look to compare with the aims");
        } else if (!result.claimed()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "WARNING: load average %.2f before the first measurement, want at most %.1f: others work on this"
                            + " machine, nothing is claimed",
                    result.loadBefore(),
                    Bench.MOST_LOAD));
        }
        return lines;
    }

    private static int width(List<String> texts, String title) {
        return Math.max(
                title.length(), texts.stream().mapToInt(String::length).max().orElse(0));
    }

    private static String outcome(Result result, Row row) {
        return switch (row.outcome()) {
            case STATED -> "";
            case PASS -> result.claimed() ? "pass" : "?";
            case SHORT -> result.claimed() ? "SHORT" : "?";
        };
    }

    /** One JSON object (RFC 8259), with a line's end. */
    public static String json(Result result) {
        return "{\n  \"claimed\": " + result.claimed()
                + ",\n  \"quick\": " + result.quick()
                + ",\n  \"load_before\": " + result.loadBefore()
                + ",\n  \"cores\": " + result.cores()
                + ",\n  \"rows\": ["
                + result.rows().stream()
                        .map(row -> "\n    {\"what\": " + quote(row.what())
                                + ", \"aim\": " + quote(row.aim())
                                + ", \"measured\": " + quote(row.measured())
                                + ", \"outcome\": "
                                + quote(row.outcome().name().toLowerCase(Locale.ROOT))
                                + ", \"figures\": " + figures(row) + "}")
                        .collect(Collectors.joining(","))
                + "\n  ],\n  \"failures\": ["
                + result.failures().stream().map(BenchText::quote).collect(Collectors.joining(", "))
                + "]\n}\n";
    }

    private static String figures(Row row) {
        return new TreeMap<>(row.figures())
                .entrySet().stream()
                        .map(figure -> quote(figure.getKey()) + ": " + number(figure.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "null";
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ') {
                quoted.append("\\u%04x".formatted(c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
