package org.matgate.simulator.rehearsal;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which boxes and mats are in trouble and meant to be. Thread-safe, save {@link #settling}. */
final class Troubled {
    /** What is not back by then is no reason to wait for it any more. */
    private static final long SETTLING_NANOS = 30_000_000_000L;

    /** How many troubles each is in. */
    private final Map<String, Integer> troubles = new ConcurrentHashMap<>();

    /** Since when each is not what it should be, CLOCK_MONOTONIC. */
    private final Map<String, Long> amiss = new HashMap<>();

    /** A trouble begins, or is over. */
    void is(String name, boolean now) {
        troubles.merge(name, now ? 1 : -1, (before, change) -> before + change == 0 ? null : before + change);
    }

    Set<String> names() {
        return Set.copyOf(troubles.keySet());
    }

    /** Whether one of those who are not what they should be is not meant so, and was well less than 30 s ago. For one thread. */
    boolean settling(Collection<String> notWell, long nowNanos) {
        Set<String> unmeant = new HashSet<>(notWell);
        unmeant.removeAll(names());
        amiss.keySet().retainAll(unmeant);
        unmeant.forEach(name -> amiss.putIfAbsent(name, nowNanos));
        return amiss.values().stream().anyMatch(since -> nowNanos - since < SETTLING_NANOS);
    }
}
