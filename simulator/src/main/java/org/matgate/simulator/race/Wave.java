package org.matgate.simulator.race;

/**
 * Those of a distance who start on one gun.
 *
 * @param name unique in its distance; that of the distance where it has one wave only
 * @param gunNanos its gun, after the race clock's start
 * @param entries how many are entered: runners, or teams of a relay
 * @param startsPerSecond how many of them pass the start line a second, once the gun has gone off
 * @param finish how their times from start line to finish are distributed
 * @param notStarting the share of them who are entered and do not come, 0 to 1
 * @param notFinishing the share of the others who give up on the way, 0 to 1
 */
public record Wave(
        String name,
        long gunNanos,
        int entries,
        double startsPerSecond,
        FinishTimes finish,
        Person person,
        double notStarting,
        double notFinishing,
        ChipShares chips) {}
