package org.matgate.gateway.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A TOML table that is read key by key: a value of the wrong type and, at the end, every key that nobody asked for is a
 * problem with its line. Reading goes on after a problem, so that one run tells all of them.
 */
final class StrictTable {
    private final String file;
    private final String name;
    private final TomlTable table;
    private final TomlPosition position;
    private final List<String> problems;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * @param name how the table is called in messages, such as {@code [box]}
     * @param position where it begins
     * @param problems takes what is wrong
     */
    StrictTable(String file, String name, TomlTable table, TomlPosition position, List<String> problems) {
        this.file = file;
        this.name = name;
        this.table = table;
        this.position = position;
        this.problems = problems;
    }

    /** Says that the table as a whole is wrong. */
    void problem(String what) {
        problems.add(at(position) + name + " " + what);
    }

    /** Says that the value of {@code key} is wrong. */
    void problem(String key, String what) {
        TomlPosition at = table.isEmpty() ? null : table.inputPositionOf(List.of(key));
        problems.add(at(at == null ? position : at) + name + " " + key + ": " + what);
    }

    private String at(TomlPosition place) {
        return file + ":" + place.line() + ":" + place.column() + ": ";
    }

    Optional<String> string(String key, String example) {
        return value(key, String.class, "a string in quotes, such as \"" + example + "\"");
    }

    /** A number from 0 to {@code most} or a name, as text; a number's text has no needless noughts. */
    Optional<String> numberOrName(String key, long most, String example) {
        if (table.get(List.of(key)) instanceof String) {
            return Optional.of(requiredString(key, example).strip());
        }
        return integer(key, 0, most).map(String::valueOf);
    }

    /** A string that must be there; a problem and {@code example} if it is not. */
    String requiredString(String key, String example) {
        Optional<String> value = string(key, example);
        if (value.isEmpty() && !has(key)) {
            problem("lacks " + key + ", such as " + key + " = \"" + example + "\"");
        } else if (value.isPresent() && value.get().isBlank()) {
            problem(key, "is empty; want something such as \"" + example + "\"");
        }
        return value.filter(text -> !text.isBlank()).orElse(example);
    }

    boolean bool(String key, boolean fallback) {
        return value(key, Boolean.class, "true or false").orElse(fallback);
    }

    /** A whole number between the bounds, which are included. */
    Optional<Long> integer(String key, long least, long most) {
        Optional<Long> value = value(key, Long.class, "a whole number from " + least + " to " + most);
        if (value.isPresent() && (value.get() < least || value.get() > most)) {
            problem(key, value.get() + " is out of range; want " + least + " to " + most);
            return Optional.empty();
        }
        return value;
    }

    /** A number with or without a fraction. */
    Optional<Double> number(String key, double least, double most) {
        known.add(key);
        Object value = table.get(List.of(key));
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Number number)) {
            problem(key, "is " + typeOf(value) + "; want a number from " + least + " to " + most);
            return Optional.empty();
        }
        if (!(number.doubleValue() >= least && number.doubleValue() <= most)) {
            problem(key, number + " is out of range; want " + least + " to " + most);
            return Optional.empty();
        }
        return Optional.of(number.doubleValue());
    }

    /** Whole numbers between the bounds, each at most once. */
    List<Integer> integers(String key, int least, int most, List<Integer> fallback) {
        String want = "a list of whole numbers from " + least + " to " + most + ", such as [1, 2]";
        Optional<TomlArray> array = value(key, TomlArray.class, want);
        if (array.isEmpty()) {
            return fallback;
        }
        List<Integer> numbers = new ArrayList<>();
        for (Object element : array.get().toList()) {
            if (!(element instanceof Long number) || number < least || number > most) {
                problem(key, "has " + element + "; want " + want);
            } else if (numbers.contains(number.intValue())) {
                problem(key, "names " + number + " twice");
            } else {
                numbers.add(number.intValue());
            }
        }
        if (array.get().isEmpty()) {
            problem(key, "is empty; want " + want);
        }
        return numbers;
    }

    /** One of the words that the constants' names are, in lower case and with hyphens. */
    <E extends Enum<E>> Optional<E> word(String key, Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        String want = "one of " + String.join(", ", words.keySet());
        Optional<String> value = value(key, String.class, want);
        if (value.isPresent() && !words.containsKey(value.get())) {
            problem(key, "\"" + value.get() + "\" is not known; want " + want);
        }
        return value.map(words::get);
    }

    /** The table of this name. */
    Optional<StrictTable> table(String key) {
        return value(key, TomlTable.class, "a table, written [" + path(key) + "]")
                .map(inner -> new StrictTable(file, "[" + path(key) + "]", inner, positionOf(key), problems));
    }

    /** The tables of this name, written {@code [[key]]}. */
    List<StrictTable> tables(String key) {
        String want = "tables, each written [[" + path(key) + "]]";
        Optional<TomlArray> array = value(key, TomlArray.class, want);
        List<StrictTable> tables = new ArrayList<>();
        for (int i = 0; array.isPresent() && i < array.get().size(); i++) {
            if (array.get().get(i) instanceof TomlTable inner) {
                tables.add(new StrictTable(
                        file, "[[" + path(key) + "]]", inner, array.get().inputPositionOf(i), problems));
            } else {
                problem(key, "is a list of values; want " + want);
                break;
            }
        }
        return tables;
    }

    /** The key with the tables that it lies in. */
    private String path(String key) {
        return name.startsWith("[") ? name.replace("[", "").replace("]", "") + "." + key : key;
    }

    boolean has(String key) {
        return table.contains(List.of(key));
    }

    /** To be called last: every key that was not asked for is a problem. */
    void finish() {
        for (String key : new TreeSet<>(table.keySet())) {
            if (!known.contains(key)) {
                String hint = nearest(key)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("known here: " + String.join(", ", known));
                problem(key, "is not known; " + hint);
            }
        }
    }

    private <T> Optional<T> value(String key, Class<T> type, String want) {
        known.add(key);
        Object value = table.get(List.of(key));
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            problem(key, "is " + typeOf(value) + "; want " + want);
            return Optional.empty();
        }
        return Optional.of(type.cast(value));
    }

    private TomlPosition positionOf(String key) {
        TomlPosition at = table.inputPositionOf(List.of(key));
        return at == null ? position : at;
    }

    private static String typeOf(Object value) {
        return switch (value) {
            case String text -> "the string \"" + text + "\"";
            case Long number -> "the number " + number;
            case Double number -> "the number " + number;
            case Boolean bool -> bool.toString();
            case TomlTable unused -> "a table";
            case TomlArray unused -> "a list";
            default -> "the date or time " + value;
        };
    }

    private Optional<String> nearest(String key) {
        return known.stream().filter(word -> distance(word, key) <= 2).findFirst();
    }

    /** Levenshtein's distance. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
