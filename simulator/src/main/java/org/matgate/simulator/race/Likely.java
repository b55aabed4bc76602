package org.matgate.simulator.race;

import java.util.Collection;
import java.util.Comparator;

/** Guesses what somebody meant who mistyped a word. */
final class Likely {
    private static final int MOST_MISTAKES = 2;

    private Likely() {}

    /** A hint such as {@code " (did you mean 'seed'?)"}; empty if no word is near. */
    static String hint(String typed, Collection<String> words) {
        return words.stream()
                .filter(word -> mistakes(typed, word) <= Math.min(MOST_MISTAKES, word.length() / 2))
                .min(Comparator.comparingInt((String word) -> mistakes(typed, word))
                        .thenComparing(Comparator.naturalOrder()))
                .map(word -> " (did you mean '" + word + "'?)")
                .orElse("");
    }

    /** How many letters have to be put in, taken out or changed. */
    private static int mistakes(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
