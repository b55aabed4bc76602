package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * One table of a TOML file, read key by key; what is wrong is added to a list with its place, and a harmless value
 * stands in for it, so that all problems of a file are found at once.
 */
final class TomlSection {
    private static final double MOST_SECONDS = 7 * 86_400;

    private final ScenarioFile file;
    private final String title;
    private final TomlTable table;
    private final TomlPosition position;

    TomlSection(ScenarioFile file, String title, TomlTable table, TomlPosition position) {
        this.file = file;
        this.title = title;
        this.table = table;
        this.position = position;
    }

    /** Refuses every key that is not among these. */
    TomlSection only(String... keys) {
        Set<String> known = Set.of(keys);
        for (String key : table.keySet()) {
            if (!known.contains(key)) {
                problem(
                        key,
                        title + " has no key '" + key + "'" + Likely.hint(key, known) + "; its keys are "
                                + String.join(", ", keys));
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

    /** A moment of the race, in nanoseconds after the race clock's start. */
    long moment(String key, String example) {
        OptionalLong zero = file.clockZeroNanos();
        OptionalLong told = told(key);
        if (told.isPresent() && table.get(List.of(key)) instanceof String && zero.isPresent()) {
            long sinceZero = told.getAsLong() - zero.getAsLong();
            told = OptionalLong.of(sinceZero < 0 ? sinceZero + Hours.DAY_NANOS : sinceZero);
        }
        if (told.isPresent()) {
            return told.getAsLong();
        }
        wrong(
                key,
                "seconds on the race clock, such as " + example
                        + (zero.isPresent()
                                ? ", or a time of day such as \"" + Hours.text(zero.getAsLong()) + "\""
                                : ", or \"H:MM:SS\" such as \"0:00:10\""));
        return 0;
    }

    /**
     * A length of time, in nanoseconds.
     *
     * @param least in seconds, as {@code most}
     */
    long span(String key, double least, double most, String want) {
        OptionalLong told = told(key);
        if (told.isPresent() && told.getAsLong() >= least * 1e9 && told.getAsLong() <= most * 1e9) {
            return told.getAsLong();
        }
        wrong(key, want);
        return Math.round(least * 1e9);
    }

    /** A number of seconds or a text of hours, minutes and seconds; in nanoseconds. */
    private OptionalLong told(String key) {
        Object value = table.get(List.of(key));
        if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= MOST_SECONDS) {
            return OptionalLong.of(Math.round(1e9 * number.doubleValue()));
        }
        return value instanceof String text ? Hours.nanos(text) : OptionalLong.empty();
    }

    /** One of the words of an enum, in lower case with hyphens. */
    <E extends Enum<E>> Optional<E> oneOf(String key, Class<E> type) {
        Map<String, E> words = Words.of(type);
        if (table.get(List.of(key)) instanceof String text && words.containsKey(text)) {
            return Optional.ofNullable(words.get(text));
        }
        wrong(key, words.keySet().stream().map(word -> '"' + word + '"').collect(Collectors.joining(" or ")));
        return Optional.empty();
    }

    /** Some of the words of an enum, each once. */
    <E extends Enum<E>> List<E> eachOf(String key, Class<E> type) {
        Map<String, E> words = Words.of(type);
        String want = "a list of some of " + String.join(", ", words.keySet());
        List<E> constants = new ArrayList<>();
        for (String word : once(key, list(key, String.class, words::containsKey, want), want)) {
            constants.add(Objects.requireNonNull(words.get(word)));
        }
        return constants;
    }

    List<Integer> numbers(String key, int least, int most, String want) {
        return once(key, list(key, Long.class, number -> number >= least && number <= most, want), want).stream()
                .map(Math::toIntExact)
                .toList();
    }

    /** Numbers in their order, each at least {@code least} and at most {@code most}; at least one. */
    List<Double> decimals(String key, double least, double most, String want) {
        return list(key, Number.class, number -> number.doubleValue() >= least && number.doubleValue() <= most, want)
                .stream()
                .map(Number::doubleValue)
                .toList();
    }

    /** Names of things that are declared elsewhere, each once; all of them where nothing is said. */
    List<String> references(String key, List<String> known) {
        if (!has(key)) {
            return known;
        }
        String want = "a list of some of " + String.join(", ", known);
        return once(key, list(key, String.class, known::contains, want), want);
    }

    /** The elements of a list that is not empty; empty if one of them is not as it should be, which is told. */
    private <T> List<T> list(String key, Class<T> type, Predicate<T> good, String want) {
        if (table.get(List.of(key)) instanceof TomlArray array
                && !array.isEmpty()
                && array.toList().stream().allMatch(each -> type.isInstance(each) && good.test(type.cast(each)))) {
            return array.toList().stream().map(type::cast).toList();
        }
        wrong(key, want);
        return List.of();
    }

    private <T> List<T> once(String key, List<T> elements, String want) {
        if (elements.stream().distinct().count() < elements.size()) {
            wrong(key, want + ", each once");
        }
        return elements;
    }

    Optional<TomlSection> section(String key, String want) {
        if (table.get(List.of(key)) instanceof TomlTable inner) {
            return Optional.of(new TomlSection(file, "'" + key + "'", inner, position(key)));
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
                    .mapToObj(i -> new TomlSection(file, "[[" + key + "]]", array.getTable(i), placeOf(array, i)))
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
        file.problem(at.line(), at.column(), text);
    }

    private TomlPosition position(String key) {
        TomlPosition own = has(key) ? table.inputPositionOf(List.of(key)) : null;
        return own != null ? own : position;
    }

    private TomlPosition placeOf(TomlArray array, int index) {
        TomlPosition own = array.inputPositionOf(index);
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

    /** The keys of the table. */
    Set<String> keys() {
        return table.keySet();
    }

    boolean isTextAtAll(String key) {
        return table.get(List.of(key)) instanceof String;
    }

    boolean isList(String key) {
        return table.get(List.of(key)) instanceof TomlArray;
    }

    boolean isTable(String key) {
        return table.get(List.of(key)) instanceof TomlTable;
    }
}
