package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * One table of a TOML file, read key by key; what is wrong is added to a list with its place, and a harmless value
 * stands in for it, so that all problems of a file are found at once.
 */
final class TomlSection {
    private final String file;
    private final List<String> problems;
    private final String title;
    private final TomlTable table;
    private final @Nullable TomlPosition position;

    TomlSection(String file, List<String> problems, String title, TomlTable table, @Nullable TomlPosition position) {
        this.file = file;
        this.problems = problems;
        this.title = title;
        this.table = table;
        this.position = position;
    }

    /** Refuses every key that is not among these. */
    TomlSection only(String... keys) {
        Set<String> known = Set.of(keys);
        for (String key : table.keySet()) {
            if (!known.contains(key)) {
                problem(key, title + " has no key '" + key + "'; its keys are " + String.join(", ", keys));
            }
        }
        return this;
    }

    boolean has(String key) {
        return table.contains(List.of(key));
    }

    boolean isText(String key, String text) {
        return text.equals(table.get(List.of(key)));
    }

    String text(String key, String want) {
        if (table.get(List.of(key)) instanceof String text && !text.isBlank()) {
            return text;
        }
        wrong(key, want);
        return "";
    }

    /** A text that names something: letters, digits and hyphens. */
    String name(String key, String example) {
        String name = text(key, "a name such as \"" + example + "\"");
        if (!name.isEmpty() && !name.matches("[A-Za-z0-9][A-Za-z0-9_-]*")) {
            wrong(key, "a name of letters, digits, '-' and '_' such as \"" + example + "\"");
        }
        return name;
    }

    /** A number of at least {@code least} and at most {@code most}. */
    double number(String key, double least, double most, String want) {
        Object value = table.get(List.of(key));
        if (value instanceof Number number && number.doubleValue() >= least && number.doubleValue() <= most) {
            return number.doubleValue();
        }
        wrong(key, want);
        return least;
    }

    OptionalDouble optionalNumber(String key, double least, double most, String want) {
        return has(key) ? OptionalDouble.of(number(key, least, most, want)) : OptionalDouble.empty();
    }

    long whole(String key, long least, long most, String want) {
        if (table.get(List.of(key)) instanceof Long number && number >= least && number <= most) {
            return number;
        }
        wrong(key, want);
        return least;
    }

    /** True or false; {@code usual} where nothing is said. */
    boolean flag(String key, boolean usual) {
        if (!has(key)) {
            return usual;
        }
        if (table.get(List.of(key)) instanceof Boolean flag) {
            return flag;
        }
        wrong(key, "true or false");
        return usual;
    }

    /** Seconds, as nanoseconds. */
    long seconds(String key, String example) {
        double most = 7 * 86_400;
        return Math.round(1e9 * number(key, 0, most, "seconds, such as " + example));
    }

    /** One of the words of an enum, in lower case with hyphens. */
    <E extends Enum<E>> Optional<E> oneOf(String key, Class<E> type) {
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String word = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (word.equals(table.get(List.of(key)))) {
                return Optional.of(constant);
            }
            words.add('"' + word + '"');
        }
        wrong(key, String.join(" or ", words));
        return Optional.empty();
    }

    List<Integer> numbers(String key, int least, int most, String want) {
        if (!(table.get(List.of(key)) instanceof TomlArray array) || array.isEmpty()) {
            wrong(key, want);
            return List.of();
        }
        List<Integer> numbers = new ArrayList<>();
        for (Object element : array.toList()) {
            if (!(element instanceof Long number) || number < least || number > most) {
                wrong(key, want);
                return List.of();
            }
            if (numbers.contains(Math.toIntExact(number))) {
                wrong(key, want + ", each once");
                return List.of();
            }
            numbers.add(Math.toIntExact(number));
        }
        return numbers;
    }

    Optional<TomlSection> section(String key, String want) {
        if (table.get(List.of(key)) instanceof TomlTable inner) {
            return Optional.of(new TomlSection(file, problems, "'" + key + "'", inner, position(key)));
        }
        wrong(key, want);
        return Optional.empty();
    }

    /** The tables of an array of tables, such as all {@code [[mat]]}; none is fine. */
    List<TomlSection> sections(String key) {
        if (!has(key)) {
            return List.of();
        }
        if (table.get(List.of(key)) instanceof TomlArray array
                && array.toList().stream().allMatch(TomlTable.class::isInstance)) {
            return IntStream.range(0, array.size())
                    .mapToObj(i -> new TomlSection(
                            file, problems, "[[" + key + "]]", array.getTable(i), array.inputPositionOf(i)))
                    .toList();
        }
        problem(key, "'" + key + "' is not a list of tables; begin each with [[" + key + "]]");
        return List.of();
    }

    /** The value is missing or not as it should be. */
    void wrong(String key, String want) {
        Object value = table.get(List.of(key));
        if (value == null) {
            problem(key, title + " lacks '" + key + "'; want " + want);
        } else {
            String shown = value instanceof TomlArray array
                    ? array.toJson().replaceAll("\\s+", " ").strip()
                    : value instanceof TomlTable
                            ? "a table"
                            : value instanceof String ? "\"" + value + '"' : value + "";
            problem(key, "'" + key + "' is " + shown + "; want " + want);
        }
    }

    private void problem(String key, String text) {
        TomlPosition at = position(key);
        problems.add(file + (at == null ? "" : ":" + at.line() + ":" + at.column()) + ": " + text);
    }

    private @Nullable TomlPosition position(String key) {
        TomlPosition own = has(key) ? table.inputPositionOf(List.of(key)) : null;
        return own != null ? own : position;
    }

    /** The name of something that is declared elsewhere. */
    String reference(String key, List<String> known) {
        String name = text(key, "one of " + String.join(", ", known));
        if (!name.isEmpty() && !known.contains(name)) {
            wrong(key, "one of " + String.join(", ", known));
        }
        return name;
    }
}
