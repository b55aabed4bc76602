package org.matgate.simulator.referee;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.matgate.simulator.race.Runner.Status;

/**
 * What a timekeeper would publish, beside the truth.
 *
 * @param published how many runners of each end, as published
 * @param truth the same in truth
 * @param early who started before the gun, as published
 * @param earlyInTruth the same in truth
 * @param crossings that there were at stops with a mat
 * @param splitsMissed how many of them have no split
 * @param onlyBackup splits that only the backup line saw
 * @param cameAgain passings that belong to no stop: crossed twice, turned back
 * @param strangers chips of nobody who is entered
 * @param gunsHeard waves whose gun a box has heard
 * @param gunsAnnounced waves that go by the announced time
 * @param splits how far splits are from the crossings, all that there are
 * @param gunTimes how far gun times are from the truth
 * @param chipTimes how far chip times are from the truth
 * @param reasons of all disagreements, how many of each
 * @param disagreements the first of each reason, those that speak against the boxes first
 */
public record RaceFindings(
        SequencedMap<Status, Integer> published,
        SequencedMap<Status, Integer> truth,
        int early,
        int earlyInTruth,
        int crossings,
        int splitsMissed,
        int onlyBackup,
        int cameAgain,
        int strangers,
        int gunsHeard,
        int gunsAnnounced,
        Spread splits,
        Spread gunTimes,
        Spread chipTimes,
        SequencedMap<Reason, Integer> reasons,
        List<Disagreement> disagreements) {
    public RaceFindings {
        disagreements = List.copyOf(disagreements);
    }

    /** How many disagreements are not excused. */
    public int against() {
        return reasons.entrySet().stream()
                .filter(entry -> !entry.getKey().excused())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
