package org.matgate.simulator.referee;

/**
 * Something that a timekeeper would publish of a runner and that is not the truth.
 *
 * @param what such as {@code finish 1}: the timing point, and the how manieth time there
 * @param text what is published, what is true, and how far they may differ
 */
public record Disagreement(int bib, String distance, String what, Reason reason, String text) {}
