package org.matgate.simulator.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.matgate.simulator.race.Distance;

/**
 * Which passing was at which stop: both in their order, as many as possible, at no speed that nobody can run, and of
 * what is left the one with the speeds that people have. So a lap that was missed shows as missed, rather than making the
 * next one too early. Not thread-safe.
 */
final class Alignment {
    /** What it costs to leave a passing or a stop out. */
    private static final double LEFT_OUT = 1;

    /** What it costs to be faster or slower than usual by a factor of e; so that several such are less than one left out. */
    private static final double UNUSUAL = 0.05;

    private static final double USUAL_METRES_PER_SECOND = 2.8;

    /** Clocks of two boxes may differ by this, and chips be read as far from the mat. */
    private static final double SLACK_SECONDS = 5;

    private final List<Passing> passings;
    private final List<Stop> stops;

    private Alignment(List<Passing> passings, List<Stop> stops) {
        this.passings = passings;
        this.stops = stops;
    }

    /**
     * For each stop its passing, if it has one.
     *
     * @param passings in the order of time
     */
    static List<Optional<Passing>> of(List<Passing> passings, List<Stop> stops, double fromMetres, long gunNanos) {
        return new Alignment(passings, stops).best(fromMetres, gunNanos);
    }

    private List<Optional<Passing>> best(double fromMetres, long gunNanos) {
        int n = passings.size();
        int m = stops.size();
        double[][] cost = new double[n][m];
        int[][] before = new int[n][m];
        int best = -1;
        double least = (double) n + m;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                before[i][j] = -1;
                cost[i][j] = Double.POSITIVE_INFINITY;
                if (!passings.get(i).timingPoint().equals(stops.get(j).timingPoint())) {
                    continue;
                }
                double fromGun = stops.get(j).metres() - fromMetres;
                long since = passings.get(i).atNanos() - gunNanos;
                cost[i][j] = LEFT_OUT * (i + j) + (fromMetres > 0 ? 0 : unusual(fromGun, since));
                for (int k = 0; k < i * m; k++) {
                    int pi = k / m;
                    int pj = k % m;
                    if (pj < j) {
                        double with = cost[pi][pj] + LEFT_OUT * (i - pi - 1 + j - pj - 1) + between(pi, pj, i, j);
                        if (with < cost[i][j]) {
                            cost[i][j] = with;
                            before[i][j] = k;
                        }
                    }
                }
                double all = cost[i][j] + LEFT_OUT * (n - 1 - i + m - 1 - j);
                if (all < least) {
                    least = all;
                    best = i * m + j;
                }
            }
        }
        return follow(best, before);
    }

    private List<Optional<Passing>> follow(int last, int[][] before) {
        List<Optional<Passing>> aligned = new ArrayList<>();
        stops.forEach(stop -> aligned.add(Optional.empty()));
        for (int at = last; at >= 0; at = before[at / stops.size()][at % stops.size()]) {
            aligned.set(at % stops.size(), Optional.of(passings.get(at / stops.size())));
        }
        return aligned;
    }

    private double between(int fromPassing, int fromStop, int passing, int stop) {
        return unusual(
                stops.get(stop).metres() - stops.get(fromStop).metres(),
                passings.get(passing).atNanos() - passings.get(fromPassing).atNanos());
    }

    private static double unusual(double metres, long nanos) {
        // Who crosses the start line long before the gun is a starter who is to be told of.
        if (metres < 1) {
            return 0;
        }
        double seconds = nanos / 1e9;
        if (metres > (seconds + SLACK_SECONDS) * Distance.FASTEST_METRES_PER_SECOND) {
            return Double.POSITIVE_INFINITY;
        }
        return seconds <= 0 ? 0 : UNUSUAL * Math.abs(Math.log(metres / seconds / USUAL_METRES_PER_SECOND));
    }
}
