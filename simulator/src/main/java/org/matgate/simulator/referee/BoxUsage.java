package org.matgate.simulator.referee;

/**
 * What the process of a box has used in a rehearsal.
 *
 * @param cpuNanos of all its threads
 * @param livedNanos since its start
 * @param peakKiB the most memory that it had at once, resident
 */
public record BoxUsage(String box, long cpuNanos, long livedNanos, long peakKiB) {}
