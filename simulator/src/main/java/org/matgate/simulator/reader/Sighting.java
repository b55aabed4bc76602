package org.matgate.simulator.reader;

import org.matgate.protocol.Chip;

/**
 * One chip truly seen by one antenna: what the field hands to a simulated reader, which puts it on the wire as its
 * protocol does.
 *
 * @param monotonicNanos the true moment, on this machine's CLOCK_MONOTONIC
 * @param antenna 1, 2, …
 * @param rssiCentiDbm received signal strength in 1/100 dBm
 */
public record Sighting(long monotonicNanos, Chip chip, int antenna, int rssiCentiDbm) {}
