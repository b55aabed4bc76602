package org.matgate.simulator.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.matgate.simulator.race.Distance;
import org.matgate.simulator.race.Runner;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.race.TimingPoint;

/** Makes the start list of a race, as a timekeeper has it before anybody runs: nothing in it tells how it will go. */
public final class StartList {
    private StartList() {}

    /** A place on a distance. */
    private record Place(String timingPoint, double metres) {}

    /** Everybody who is entered, with the places that have a mat. */
    public static List<Entrant> of(Scenario scenario, List<Runner> runners) {
        Map<String, Distance> distances = new HashMap<>();
        Map<String, List<Place>> places = new HashMap<>();
        for (Distance distance : scenario.distances()) {
            distances.put(distance.name(), distance);
            places.put(distance.name(), places(scenario, distance));
        }
        List<Entrant> entrants = new ArrayList<>(runners.size());
        for (Runner runner : runners) {
            Distance distance = distances.get(runner.distance());
            if (distance == null) {
                throw new IllegalArgumentException(
                        "runner " + runner.bib() + " is entered for " + runner.distance() + ", which is no distance");
            }
            entrants.add(entrant(distance, places.getOrDefault(distance.name(), List.of()), runner));
        }
        return entrants;
    }

    private static List<Place> places(Scenario scenario, Distance distance) {
        List<Place> places = new ArrayList<>();
        for (TimingPoint point : scenario.timingPoints()) {
            if (!scenario.matsAt(point.name()).isEmpty()) {
                point.metres(distance).forEach(metres -> places.add(new Place(point.name(), metres)));
            }
        }
        places.sort(Comparator.comparingDouble(Place::metres));
        return places;
    }

    private static Entrant entrant(Distance distance, List<Place> places, Runner runner) {
        double from = 0;
        for (int leg = 1; leg < runner.leg(); leg++) {
            from += distance.legsMetres().get(leg - 1);
        }
        boolean last =
                runner.leg() == 0 || runner.leg() == distance.legsMetres().size();
        double to =
                last ? distance.lengthMetres() : from + distance.legsMetres().get(runner.leg() - 1);
        List<Stop> stops = new ArrayList<>();
        Map<String, Integer> passes = new HashMap<>();
        for (Place place : places) {
            if (place.metres() >= from && place.metres() <= to) {
                int pass = passes.merge(place.timingPoint(), 1, Integer::sum);
                stops.add(new Stop(
                        place.timingPoint(),
                        pass,
                        place.metres(),
                        limit(distance, place, pass, last && place.metres() == to)));
            }
        }
        return new Entrant(
                runner.bib(),
                runner.distance(),
                runner.wave(),
                List.of(runner.uhfChip(), runner.ipicoChip()),
                from,
                stops,
                !stops.isEmpty() && stops.getFirst().metres() == from,
                !stops.isEmpty() && stops.getLast().metres() == to);
    }

    private static long limit(Distance distance, Place place, int pass, boolean finish) {
        if (finish && distance.limitNanos().isPresent()) {
            return distance.limitNanos().getAsLong();
        }
        return pass == 1 ? distance.limitsNanos().getOrDefault(place.timingPoint(), Long.MAX_VALUE) : Long.MAX_VALUE;
    }
}
