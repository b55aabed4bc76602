package org.matgate.simulator.race;

/**
 * One runner goes over one mat once.
 *
 * @param atNanos the true moment, nanoseconds after the race clock's start
 * @param metresPerSecond how fast, more than 0
 */
public record Crossing(Runner runner, String timingPoint, long atNanos, double metresPerSecond) {}
