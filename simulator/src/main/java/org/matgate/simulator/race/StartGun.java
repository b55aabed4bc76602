package org.matgate.simulator.race;

/**
 * A start gun on the pin of a box.
 *
 * @param atNanos when it is fired, after the race clock's start
 * @param pulseNanos how long its contact stays closed
 * @param bounces how often the contact opens again as it closes
 * @param starts whom it sends off, such as {@code 10 km, wave elite}; empty: nobody
 */
public record StartGun(String box, long atNanos, long pulseNanos, int bounces, String starts) {}
