package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.tomlj.TomlArray;

/** A key of a section whose value is a list; none of its readers gives less than one element, unless it tells why. */
final class TomlList {
    private final TomlSection section;
    private final String key;

    TomlList(TomlSection section, String key) {
        this.section = section;
        this.key = key;
    }

    /** Some of the words of an enum, each once. */
    <E extends Enum<E>> List<E> words(Class<E> type) {
        Map<String, E> words = Words.of(type);
        List<E> constants = new ArrayList<>();
        for (String word : some(words.keySet())) {
            constants.add(Objects.requireNonNull(words.get(word)));
        }
        return constants;
    }

    /** Names of things that are declared elsewhere, each once; all of them where nothing is said. */
    List<String> references(Names known) {
        if (!section.has(key)) {
            return known.all();
        }
        if (known.complete()) {
            return some(known.all());
        }
        return elements(String.class, any -> true, "a list of names", Set.of());
    }

    private List<String> some(Collection<String> words) {
        String want = "a list of some of " + String.join(", ", words);
        return once(elements(String.class, words::contains, want, words), want);
    }

    /** Whole numbers, each once. */
    List<Integer> numbers(int least, int most, String want) {
        return once(elements(Long.class, number -> number >= least && number <= most, want, Set.of()), want).stream()
                .map(Math::toIntExact)
                .toList();
    }

    /** Numbers in their order, each at least {@code least} and at most {@code most}. */
    List<Double> decimals(double least, double most, String want) {
        return elements(
                        Number.class,
                        number -> number.doubleValue() >= least && number.doubleValue() <= most,
                        want,
                        Set.of())
                .stream()
                .map(Number::doubleValue)
                .toList();
    }

    /** Empty if one of them is not as it should be, which is told. */
    <T> List<T> elements(Class<T> type, Predicate<T> good, String want, Collection<String> words) {
        if (section.value(key) instanceof TomlArray array
                && !array.isEmpty()
                && array.toList().stream().allMatch(each -> type.isInstance(each) && good.test(type.cast(each)))) {
            return array.toList().stream().map(type::cast).toList();
        }
        section.wrong(key, want, words);
        return List.of();
    }

    private <T> List<T> once(List<T> elements, String want) {
        if (elements.stream().distinct().count() < elements.size()) {
            section.wrong(key, want + ", each once");
        }
        return elements;
    }
}
