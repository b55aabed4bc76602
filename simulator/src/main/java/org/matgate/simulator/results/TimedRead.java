package org.matgate.simulator.results;

import org.matgate.protocol.stream.Source.Line;

/**
 * A read of one chip, as an engine holds it.
 *
 * @param id by which whoever asked knows it again
 * @param rssiCentiDbm {@code Integer.MIN_VALUE}: the reader does not say
 * @param atNanos on the race clock
 * @param uncertaintyNanos how wrong that may be
 */
public record TimedRead(int id, String timingPoint, Line line, int rssiCentiDbm, long atNanos, long uncertaintyNanos) {}
