package org.matgate.simulator.referee;

/**
 * A start gun that an engine holds.
 *
 * @param withinLockout whether it is marked as one that came too soon after another
 */
public record HeldGun(String timingPoint, HeldTime time, boolean withinLockout) {}
