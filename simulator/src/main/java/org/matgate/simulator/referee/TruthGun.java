package org.matgate.simulator.referee;

/**
 * A start gun that was fired.
 *
 * @param box on whose pin
 * @param monotonicNanos when, on this machine's CLOCK_MONOTONIC
 * @param utcNanos the true moment, nanoseconds since 1970
 */
public record TruthGun(String box, long monotonicNanos, long utcNanos) {}
