package org.matgate.gateway.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What is said of all parts, in the order in which a person wants to know. */
public record Report(List<Line> lines) {
    /** The version of the JSON form; it changes only if something in it is taken away or gets another meaning. */
    public static final int FORMAT = 1;

    /** Where a line's to-do begins, below its text. */
    private static final String INDENT = "      -> ";

    public Report {
        lines = List.copyOf(lines);
    }

    /** The worst of all parts. */
    public Level verdict() {
        return lines.stream().map(Line::level).reduce(Level.OK, Level::or);
    }

    /** 0 if all is well, 3 if something wants attention but all works, 1 if something does not work. */
    public int exitCode() {
        return switch (verdict()) {
            case OK -> 0;
            case WARN -> 3;
            case FAIL -> 1;
        };
    }

    /** The names in the lines of one kind of part. */
    public List<String> names(String part) {
        return lines.stream()
                .filter(line -> line.part().equals(part))
                .map(Line::name)
                .toList();
    }

    /**
     * For a person: a line a part, below it what to do where something is to be done, and the verdict at the end.
     *
     * @param paint puts a level's word in colour, or leaves it
     */
    public List<String> text(BiFunction<Level, String, String> paint) {
        int partWidth = width(lines.stream().map(Line::part).toList());
        int nameWidth = width(lines.stream().map(Line::name).toList());
        List<String> text = new ArrayList<>();
        for (Line line : lines) {
            text.addAll(text(line, partWidth, nameWidth, paint));
        }
        text.add(summary(paint));
        return text;
    }

    /** One line for a person, with what to do in a second one; columns as wide as they need to be, or as told. */
    public static List<String> text(Line line, int partWidth, int nameWidth, BiFunction<Level, String, String> paint) {
        String level = line.level().name();
        String head = paint.apply(line.level(), level)
                + " ".repeat(6 - level.length())
                + padded(line.part(), partWidth)
                + (nameWidth == 0 ? "" : padded(line.name(), nameWidth));
        return line.todo().isEmpty() ? List.of(head + line.text()) : List.of(head + line.text(), INDENT + line.todo());
    }

    /** The last line: whether to walk away. */
    public String summary(BiFunction<Level, String, String> paint) {
        long warnings = count(Level.WARN);
        long failures = count(Level.FAIL);
        return switch (verdict()) {
            case OK -> paint.apply(Level.OK, "ALL WELL");
            case WARN -> paint.apply(Level.WARN, "WORKING, with " + plural(warnings, "warning"));
            case FAIL ->
                paint.apply(Level.FAIL, "NOT READY: " + plural(failures, "failure"))
                        + (warnings == 0 ? "" : ", " + plural(warnings, "warning"));
        };
    }

    /** In one line how all stands, and the first of what is worst. */
    public String brief() {
        String all = summary((level, word) -> word);
        return lines.stream()
                .filter(line -> line.level() != Level.OK && line.level() == verdict())
                .findFirst()
                .map(line -> all + "; " + (line.part() + " " + line.name()).strip() + ": " + line.text())
                .orElseGet(() -> all + "; " + plural(names("reader").size(), "reader") + ", "
                        + plural(names("engine").size(), "engine"));
    }

    /** For programs: one JSON object on one line, with the verdict and all lines. */
    public String json(String command) {
        return Facts.NONE
                .with("format", FORMAT)
                .with("command", command)
                .with("verdict", verdict().word())
                .with("lines", lines.stream().map(Report::facts).toList())
                .json();
    }

    private static Facts facts(Line line) {
        Facts said = Facts.NONE
                .with("level", line.level().word())
                .with("part", line.part())
                .with("name", line.name())
                .with("text", line.text())
                .with("todo", line.todo());
        return new Facts(said.members() + ",\"facts\":" + line.facts().json());
    }

    private long count(Level level) {
        return lines.stream().filter(line -> line.level() == level).count();
    }

    private static String plural(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static int width(List<String> words) {
        int longest = words.stream().mapToInt(String::length).max().orElse(0);
        return longest == 0 ? 0 : longest + 2;
    }

    private static String padded(String word, int width) {
        return String.format(Locale.ROOT, "%-" + Math.max(1, width) + "s", word);
    }

    /** All lines' texts, for a message that must be short. */
    @Override
    public String toString() {
        return lines.stream()
                .map(line -> line.level() + " " + line.part() + " " + line.name() + ": " + line.text())
                .collect(Collectors.joining("; "));
    }
}
