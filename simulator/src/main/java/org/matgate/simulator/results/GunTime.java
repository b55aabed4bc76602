package org.matgate.simulator.results;

/**
 * The gun of a wave.
 *
 * @param atNanos on the race clock
 * @param uncertaintyNanos how wrong that may be
 * @param heard whether a box has heard it; else it is the time that was announced
 */
public record GunTime(long atNanos, long uncertaintyNanos, boolean heard) {}
