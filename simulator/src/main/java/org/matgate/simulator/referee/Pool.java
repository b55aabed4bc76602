package org.matgate.simulator.referee;

import java.util.HashMap;
import java.util.Map;

/** One object for all that are equal, so that a million reads need not a million names. Not thread-safe. */
final class Pool {
    private final Map<Object, Object> known = new HashMap<>();

    /** The first that came of all equal ones; the values are immutable. */
    @SuppressWarnings("unchecked")
    <T> T one(T value) {
        Object first = known.putIfAbsent(value, value);
        return first == null ? value : (T) first;
    }
}
