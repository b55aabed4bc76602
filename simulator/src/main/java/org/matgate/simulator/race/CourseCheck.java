package org.matgate.simulator.race;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.matgate.simulator.race.TimingPoint.Place;

/** Finds timing points by which nobody comes, and distances that nobody can finish: else a race without times. */
final class CourseCheck {
    private static final String AT = "at";
    private static final String NAME = "name";

    private final TomlSection root;
    private final List<Distance> distances;
    private final List<TimingPoint> points;
    private final List<Mat> mats;

    /** All of them in the order of the file. */
    CourseCheck(TomlSection root, List<Distance> distances, List<TimingPoint> points, List<Mat> mats) {
        this.root = root;
        this.distances = distances;
        this.points = points;
        this.mats = mats;
    }

    void check() {
        if (!Names.of(root, "distance").complete() || !root.allSound("distance", "length", "laps", "legs")) {
            return;
        }
        List<TomlSection> sections = root.sections("timing_point");
        for (int i = 0; i < points.size(); i++) {
            TomlSection section = sections.get(i);
            if (section.isTable(AT)) {
                TimingPoint point = points.get(i);
                section.section(AT, "").ifPresent(inner -> checkByDistance(inner, point));
            } else if (section.sound(AT)) {
                check(section, AT, points.get(i).usual(), distances);
            }
        }
        boolean known = root.has("mat")
                && root.allSound("mat", "timing_point")
                && root.has("timing_point")
                && root.allSound("timing_point", NAME, AT)
                && sections.stream().allMatch(this::allPlacesSound);
        if (known) {
            root.sections("distance").forEach(this::requireFinish);
        }
    }

    private boolean allPlacesSound(TomlSection section) {
        return !section.isTable(AT)
                || section.section(AT, "")
                        .map(inner -> inner.sound(inner.keys().toArray(String[]::new)))
                        .orElse(true);
    }

    private void checkByDistance(TomlSection inner, TimingPoint point) {
        for (Distance distance : distances) {
            Place place = point.byDistance().get(distance.name());
            if (place != null && inner.sound(distance.name())) {
                check(inner, distance.name(), place, List.of(distance));
            }
        }
    }

    /** @param among one of which at least is to come by each of the places */
    private static void check(TomlSection section, String key, Place place, List<Distance> among) {
        switch (place) {
            case Place.Finish finish -> {}
            case Place.Each each -> each.places().forEach(one -> check(section, key, one, among));
            case Place.Exchange exchange -> {
                if (among.stream().noneMatch(Distance::relay)) {
                    section.wrong(key, "another place, as " + named(among, "is no relay: it has no 'legs'"));
                }
            }
            case Place.EachLap lap -> {
                if (among.stream()
                        .allMatch(distance -> TimingPoint.metres(lap, distance).isEmpty())) {
                    section.wrong(key, within(lap.metres(), among));
                }
            }
            case Place.Exactly exactly -> {
                double length =
                        among.stream().mapToDouble(Distance::lengthMetres).max().orElse(0);
                if (exactly.metres().stream().anyMatch(metres -> metres > length)) {
                    section.wrong(key, "metres up to " + metres(length) + ", " + theEnd(among));
                }
            }
        }
    }

    private static String within(double told, List<Distance> among) {
        boolean laps = among.stream().anyMatch(distance -> distance.laps() > 1);
        double most = among.stream()
                .mapToDouble(distance -> distance.lengthMetres() / distance.laps())
                .max()
                .orElse(0);
        return laps
                ? "metres into each lap, less than " + metres(most) + "; a list such as [" + metres(told)
                        + "] counts from the start, \"finish\" is where a distance ends"
                : "metres up to " + metres(most) + ", " + theEnd(among);
    }

    private static String theEnd(List<Distance> among) {
        return (among.size() == 1 ? "where '" + among.getFirst().name() + "' ends" : "where the longest distance ends")
                + "; \"finish\" is there, too";
    }

    private static String named(List<Distance> among, String what) {
        return among.size() == 1 ? "'" + among.getFirst().name() + "' " + what : "no distance has 'legs'";
    }

    private static String metres(double metres) {
        return metres == Math.rint(metres) ? String.format(Locale.ROOT, "%.0f", metres) : Double.toString(metres);
    }

    private void requireFinish(TomlSection section) {
        Distance distance = distances.stream()
                .filter(each -> each.name().equals(section.value(NAME)))
                .findFirst()
                .orElseThrow();
        boolean finish = points.stream()
                .filter(point -> mats.stream().anyMatch(mat -> mat.timingPoint().equals(point.name())))
                .flatMap(point -> point.metres(distance).stream())
                .anyMatch(metres -> Objects.equals(metres, distance.lengthMetres()));
        if (!finish) {
            section.problem(
                    NAME,
                    "'" + distance.name() + "' has no finish: no mat lies at its end; want a [[timing_point]] with a"
                            + " [[mat]] and at = \"finish\", or at = { \"" + distance.name()
                            + "\" = [0, \"finish\"] }");
        }
    }
}
