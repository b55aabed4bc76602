package org.matgate.simulator.race;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.matgate.simulator.race.TimingPoint.Place;

/** Reads the tables {@code [[timing_point]]} of a scenario. */
final class PointReader {
    private static final String WANT = "metres into each lap, a list of numbers, metres from the start, such as [0,"
            + " 12000], \"finish\" for each distance's end, or \"exchange\" for the ends of a relay's legs";

    private final List<String> distances;

    /** @param distances names of all distances */
    PointReader(List<String> distances) {
        this.distances = distances;
    }

    TimingPoint read(TomlSection section) {
        section.only("name", "at");
        String name = section.name("name", "finish");
        if (!section.isTable("at")) {
            return new TimingPoint(name, place(section, "at"));
        }
        Map<String, Place> places = new HashMap<>();
        section.section("at", WANT).ifPresent(inner -> {
            inner.only(distances.toArray(String[]::new));
            for (String distance : inner.keys()) {
                places.put(distance, place(inner, distance));
            }
        });
        return new TimingPoint(name, new Place.Exactly(List.of()), places);
    }

    private static Place place(TomlSection section, String key) {
        if (section.isText(key, "finish")) {
            return new Place.Finish();
        }
        if (section.isText(key, "exchange")) {
            return new Place.Exchange();
        }
        return section.isList(key)
                ? new Place.Exactly(section.decimals(key, 0, DistanceReader.MOST_METRES, WANT))
                : new Place.EachLap(section.number(key, 0, DistanceReader.MOST_METRES, WANT));
    }
}
