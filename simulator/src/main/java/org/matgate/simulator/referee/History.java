package org.matgate.simulator.referee;

/**
 * A read that speaks against the box, and what became of it.
 *
 * @param problem lost, duplicated, invented, time, unsynchronised
 * @param text in plain words
 */
public record History(String problem, String mat, String text) {}
