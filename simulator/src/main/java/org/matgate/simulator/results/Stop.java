package org.matgate.simulator.results;

/**
 * A place at which somebody who is entered has to come by.
 *
 * @param pass how often the timing point has been come by then: 1, 2, …
 * @param metres from the start of the distance
 * @param limitNanos after the gun, by when at the latest; {@code Long.MAX_VALUE}: at any time
 */
public record Stop(String timingPoint, int pass, double metres, long limitNanos) {}
