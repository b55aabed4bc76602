package org.matgate.simulator.referee;

/**
 * A start gun that was fired.
 *
 * @param box on whose pin
 * @param monotonicNanos when, on this machine's CLOCK_MONOTONIC
 * @param utcNanos the true moment, nanoseconds since 1970
 * @param toldMonotonicNanos when its box could know of it: not before its contact has opened again
 */
public record TruthGun(String box, long monotonicNanos, long utcNanos, long toldMonotonicNanos) {}
