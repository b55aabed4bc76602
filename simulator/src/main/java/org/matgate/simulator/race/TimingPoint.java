package org.matgate.simulator.race;

import java.util.OptionalDouble;

/**
 * A place on the course where runners are timed; its box has the same name.
 *
 * @param atMetres metres from the start, or empty: where each distance ends
 */
public record TimingPoint(String name, OptionalDouble atMetres) {}
