package org.matgate.simulator.race;

/**
 * One of the distances of a race.
 *
 * @param gunNanos its gun, after the race clock's start
 * @param lengthMetres from its start to its finish
 * @param runners how many start
 * @param startsPerSecond how many of them pass the start line a second
 * @param finish how their chip times are distributed
 */
public record Distance(
        String name, long gunNanos, double lengthMetres, int runners, double startsPerSecond, FinishTimes finish) {}
