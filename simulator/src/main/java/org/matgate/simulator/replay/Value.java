package org.matgate.simulator.replay;

import java.util.function.Function;

/**
 * A value of a row.
 *
 * @param text empty where there is none
 * @param place where it begins
 */
record Value(String text, Place place) {
    boolean isEmpty() {
        return text.isEmpty();
    }

    /**
     * What it means.
     *
     * @param meaning throws {@link IllegalArgumentException} for what has none
     * @throws BadRowException if it has none; it says where
     */
    <T> T as(Function<String, T> meaning) throws BadRowException {
        try {
            return meaning.apply(text);
        } catch (IllegalArgumentException e) {
            throw new BadRowException(place, String.valueOf(e.getMessage()));
        }
    }
}
