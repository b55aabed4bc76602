package org.matgate.simulator.race;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
                // That it lacks what was meant follows from this.
                Likely.word(key, known)
                        .filter(meant -> !has(meant) || isList(meant))
                        .ifPresent(this::doubt);
            }
        }
        return this;
    }

    boolean has(String key) {
        return table.contains(List.of(key));
    }

    String text(String key, String want) {
        String text = textIfAny(key);
        if (text.isEmpty()) {
            wrong(key, want);
        }
        return text;
    }

    /** A text that says something; empty if there is none, which is no mistake here. */
    String textIfAny(String key) {
        return table.get(List.of(key)) instanceof String text && !text.isBlank() ? text : "";
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
        boolean text = isTextAtAll(key);
        OptionalLong told = text ? file.moments().nanos(Objects.toString(table.get(List.of(key)))) : told(key);
        if (told.isEmpty()) {
            wrong(
                    key,
                    "seconds on the race clock, such as " + example + ", "
                            + file.moments().example());
        } else if (text && file.moments().doubtful()) {
            doubt(key);
        }
        return told.orElse(0);
    }

    /**
     * A moment that is to come in the race. One that comes later would never come, and nobody would notice.
     *
     * @param what it is, such as "a gun"
     * @param endNanos of the race; 0 if that is not known
     */
    long momentInRace(String key, String example, String what, long endNanos) {
        long moment = moment(key, example);
        if (endNanos > 0 && moment > endNanos) {
            wrong(key, file.moments().upToEnd(what, isTextAtAll(key), endNanos));
        }
        return moment;
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
        wrong(
                key,
                words.keySet().stream().map(word -> '"' + word + '"').collect(Collectors.joining(" or ")),
                words.keySet());
        return Optional.empty();
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

    /** Whether nothing is wrong with these keys in any of the tables of an array. */
    boolean allSound(String tables, String... keys) {
        return sound(tables) && sections(tables).stream().allMatch(section -> section.sound(keys));
    }

    /** The value is missing or not as it should be. */
    void wrong(String key, String want) {
        wrong(key, want, Set.of());
    }

    /** The same of one that is to be one of these words, or a list of such. */
    void wrong(String key, String want, Collection<String> words) {
        problem(
                key,
                has(key)
                        ? "'" + key + "' is " + shown(key) + Likely.hintFor(value(key), words) + "; want " + want
                        : title + " lacks '" + key + "'; want " + want);
    }

    /** A value as it is written in the file. */
    String shown(String key) {
        return switch (value(key)) {
            case TomlArray array -> array.toJson().replaceAll("\\s+", " ").strip();
            case TomlTable inner -> "a table";
            case String text -> '"' + text + '"';
            case Object other -> other.toString();
        };
    }

    /** What stands there; an empty text if nothing does. */
    Object value(String key) {
        Object value = table.get(List.of(key));
        return value == null ? "" : value;
    }

    /** What is wrong with a key that has a value of the right kind. */
    void problem(String key, String text) {
        file.problem(table, key, position(key), text);
    }

    /** Something else is wrong from which it follows what is wrong with this key, if anything is. */
    void doubt(String... keys) {
        for (String key : keys) {
            file.doubt(table, key);
        }
    }

    /** Whether nothing is wrong with these keys, as far as was looked: what is said of them together can be judged. */
    boolean sound(String... keys) {
        return Stream.of(keys).allMatch(key -> file.sound(table, key));
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
    String reference(String key, Names known) {
        String name = text(key, known.want());
        if (!name.isEmpty() && !known.all().contains(name)) {
            if (known.complete()) {
                wrong(key, known.want(), known.all());
            } else {
                doubt(key);
            }
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
