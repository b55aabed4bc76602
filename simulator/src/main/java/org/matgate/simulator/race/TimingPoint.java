package org.matgate.simulator.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A place on the course where runners are timed; its box has the same name.
 *
 * @param usual where it lies on the distances that are not named
 * @param byDistance where it lies on some distances, by their names
 */
public record TimingPoint(String name, Place usual, Map<String, Place> byDistance) {
    public TimingPoint {
        byDistance = Map.copyOf(byDistance);
    }

    /** The same place on every distance. */
    public TimingPoint(String name, Place usual) {
        this(name, usual, Map.of());
    }

    /** Where on a distance a timing point lies. */
    public sealed interface Place {
        /** Where the distance ends. */
        record Finish() implements Place {}

        /** Where one leg of a relay ends and the next begins. */
        record Exchange() implements Place {}

        /** So many metres into each lap. */
        record EachLap(double metres) implements Place {}

        /** At each of these metres from the start, whatever the laps; empty: not on this distance. */
        record Exactly(List<Double> metres) implements Place {
            public Exactly {
                metres = List.copyOf(metres);
            }
        }
    }

    /** Where runners of a distance come by: metres from their start, in their order; empty if they never do. */
    public List<Double> metres(Distance distance) {
        double length = distance.lengthMetres();
        return switch (byDistance.getOrDefault(distance.name(), usual)) {
            case Place.Finish finish -> List.of(length);
            case Place.Exchange exchange -> exchanges(distance);
            case Place.EachLap lap -> eachLap(lap.metres(), length, distance.laps());
            case Place.Exactly exactly ->
                exactly.metres().stream()
                        .filter(metres -> metres <= length)
                        .sorted()
                        .toList();
        };
    }

    private static List<Double> exchanges(Distance distance) {
        List<Double> ends = new ArrayList<>();
        double metres = 0;
        for (double leg : distance.legsMetres()
                .subList(0, Math.max(0, distance.legsMetres().size() - 1))) {
            metres += leg;
            ends.add(metres);
        }
        return ends;
    }

    private static List<Double> eachLap(double metres, double length, int laps) {
        if (laps == 1) {
            return metres <= length ? List.of(metres) : List.of();
        }
        double lap = length / laps;
        return metres < lap
                ? IntStream.range(0, laps).mapToObj(i -> metres + i * lap).toList()
                : List.of();
    }
}
