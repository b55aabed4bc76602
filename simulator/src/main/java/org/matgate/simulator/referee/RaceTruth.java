package org.matgate.simulator.referee;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.matgate.protocol.stream.Source;
import org.matgate.simulator.race.Course;
import org.matgate.simulator.race.Distance;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.race.Wave;
import org.matgate.simulator.results.Entrant;
import org.matgate.simulator.results.StartList;

/**
 * How the race truly went, and what a timekeeper knows of it beforehand.
 *
 * @param startList in the order of the course's runners
 * @param announced the guns of all waves, nanoseconds on the race clock
 * @param mats where each lies, by its name
 */
public record RaceTruth(
        Course course, List<Entrant> startList, SequencedMap<WaveName, Long> announced, Map<String, Source> mats) {
    public RaceTruth {
        startList = List.copyOf(startList);
        mats = Map.copyOf(mats);
    }

    /** The name of a wave. */
    public record WaveName(String distance, String wave) {}

    /**
     * Puts together what is known.
     *
     * @throws IllegalArgumentException if somebody runs a distance that the scenario does not have
     */
    public static RaceTruth of(Scenario scenario, Course course) {
        SequencedMap<WaveName, Long> announced = new LinkedHashMap<>();
        for (Distance distance : scenario.distances()) {
            for (Wave wave : distance.waves()) {
                announced.put(new WaveName(distance.name(), wave.name()), wave.gunNanos());
            }
        }
        Map<String, Source> mats = new HashMap<>();
        scenario.mats().forEach(mat -> mats.put(mat.name(), new Source(mat.name(), mat.timingPoint(), mat.line())));
        return new RaceTruth(course, StartList.of(scenario, course.runners()), announced, mats);
    }
}
