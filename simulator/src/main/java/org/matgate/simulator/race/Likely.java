package org.matgate.simulator.race;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tomlj.TomlArray;

/** Guesses what somebody meant who mistyped a word. */
final class Likely {
    private static final int MOST_MISTAKES = 2;
    /** Who writes 5 km does not mean 10 km. */
    private static final int OTHER_DIGIT = MOST_MISTAKES + 1;

    private Likely() {}

    /** A hint such as {@code " (did you mean 'seed'?)"}; empty if no word is near. */
    static String hint(String typed, Collection<String> words) {
        return word(typed, words).map(word -> " (did you mean '" + word + "'?)").orElse("");
    }

    /** The same for a value of a file: a text, or a list of which the first text is meant that is none of the words. */
    static String hintFor(Object typed, Collection<String> words) {
        List<?> values = typed instanceof TomlArray array ? array.toList() : List.of(typed);
        return values.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !words.contains(text))
                .findFirst()
                .map(text -> hint(text, words))
                .orElse("");
    }

    /** The word that is nearest; empty if none is near. */
    static Optional<String> word(String typed, Collection<String> words) {
        return words.stream()
                .filter(word -> mistakes(typed, word) <= Math.min(MOST_MISTAKES, word.length() / 2))
                .min(Comparator.comparingInt((String word) -> mistakes(typed, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many letters have to be put in, taken out or changed; small and capital ones are alike. */
    private static int mistakes(String typed, String word) {
        String a = typed.toLowerCase(Locale.ROOT);
        String b = word.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int changed = diagonal + change(a.charAt(i - 1), b.charAt(j - 1));
                row[j] = Math.min(changed, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }

    private static int change(char from, char to) {
        if (from == to) {
            return 0;
        }
        return Character.isDigit(from) && Character.isDigit(to) ? OTHER_DIGIT : 1;
    }
}
