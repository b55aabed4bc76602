package org.matgate.simulator.race;

/**
 * One runner goes over one mat once.
 *
 * @param pass how often this runner has come by here in the race, this time included: 1, 2, …
 * @param extra whether it does not count: the runner has come back and crosses the mat again; {@code pass} is that of
 *     the crossing before
 * @param atNanos the true moment, nanoseconds after the race clock's start
 * @param metresPerSecond how fast, more than 0
 * @param across where on the course's width, 0 to 1
 * @param standsNanos how long the runner then stands on the mat; 0 as a rule
 */
public record Crossing(
        Runner runner,
        String timingPoint,
        int pass,
        boolean extra,
        long atNanos,
        double metresPerSecond,
        double across,
        long standsNanos) {}
