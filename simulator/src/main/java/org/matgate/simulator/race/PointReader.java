package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.matgate.simulator.race.TimingPoint.Place;

/** Reads the tables {@code [[timing_point]]} of a scenario. */
final class PointReader {
    private static final String FINISH = "finish";
    private static final String EXCHANGE = "exchange";
    private static final List<String> WORDS = List.of(FINISH, EXCHANGE);
    private static final String WANT = "metres into each lap, \"finish\" for each distance's end, \"exchange\" for the"
            + " ends of a relay's legs, or a list of metres from the start and of these words, such as [0, \"finish\"]";

    private final Names distances;

    /** @param distances names of all distances */
    PointReader(Names distances) {
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
            if (distances.complete()) {
                inner.only(distances.all().toArray(String[]::new));
            }
            for (String distance : inner.keys()) {
                places.put(distance, place(inner, distance));
            }
        });
        return new TimingPoint(name, new Place.Exactly(List.of()), places);
    }

    private static Place place(TomlSection section, String key) {
        Object value = section.value(key);
        if (value instanceof String word) {
            if (!WORDS.contains(word)) {
                section.wrong(key, WANT, WORDS);
            }
            return word(word);
        }
        if (!section.isList(key)) {
            return new Place.EachLap(section.number(key, 0, DistanceReader.MOST_METRES, WANT));
        }
        List<Object> elements = new TomlList(section, key).elements(Object.class, PointReader::good, WANT, WORDS);
        List<Place> places = new ArrayList<>();
        places.add(new Place.Exactly(elements.stream()
                .filter(Number.class::isInstance)
                .map(number -> ((Number) number).doubleValue())
                .toList()));
        elements.stream()
                .filter(String.class::isInstance)
                .map(word -> word((String) word))
                .forEach(places::add);
        return places.size() == 1 ? places.getFirst() : new Place.Each(places);
    }

    private static boolean good(Object element) {
        return element instanceof Number number
                ? number.doubleValue() >= 0 && number.doubleValue() <= DistanceReader.MOST_METRES
                : WORDS.contains(element);
    }

    private static Place word(String word) {
        return word.equals(EXCHANGE) ? new Place.Exchange() : new Place.Finish();
    }
}
