package org.matgate.simulator.results;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.matgate.simulator.race.Distance;

/**
 * Which passing was at which stop: both in their order, as many as possible, at no speed that nobody can run, and of
 * what is left the one with the speeds that people have. So a lap that was missed shows as missed, rather than making the
 * next one too early. At a stop it is the first passing that can have been run since the stop before, or since the gun:
 * who walked across the finish before the race has not finished with it, and who crosses twice, or stands about behind the
 * line, is timed once. Not thread-safe.
 */
final class Alignment {
    /** What it costs to leave a passing or a stop out. */
    private static final double LEFT_OUT = 1;

    /** What it costs to be faster or slower than usual by a factor of e; so that several such are less than one left out. */
    private static final double UNUSUAL = 0.05;

    private static final double USUAL_METRES_PER_SECOND = 2.8;

    /**
     * How far from usual, as a factor of e, a relay's earlier runners are together at most; within that a passing by which
     * alone a later runner is known tells nothing, and is taken for the earliest stop.
     */
    private static final double TEAMS_ARE_WITHIN = 0.85;

    /** Clocks of two boxes may differ by this, and chips be read as far from the mat. */
    private static final double SLACK_SECONDS = 5;

    /** So many steps from one stop to a later one are tried, however many laps there are; it takes about a second. */
    private static final long MOST_STEPS = 40_000_000;

    /** So many stops in a row may be missed at least. */
    private static final long LEAST_MISSED = 16;

    private final List<Passing> passings;
    private final List<Stop> stops;
    private final double fromMetres;
    private final long gunNanos;
    /** By timing point the indices of its passings, in their order. */
    private final Map<String, int[]> at = new HashMap<>();

    private final double[][] cost;
    /** From which passing and stop one comes to another, as one number; -1 where it is the first. */
    private final int[][] before;

    private Alignment(List<Passing> passings, List<Stop> stops, double fromMetres, long gunNanos) {
        this.passings = passings;
        this.stops = stops;
        this.fromMetres = fromMetres;
        this.gunNanos = gunNanos;
        this.cost = new double[passings.size()][stops.size()];
        this.before = new int[passings.size()][stops.size()];
        Map<String, List<Integer>> indices = new HashMap<>();
        for (int i = 0; i < passings.size(); i++) {
            indices.computeIfAbsent(passings.get(i).timingPoint(), point -> new ArrayList<>())
                    .add(i);
        }
        indices.forEach((point, all) ->
                at.put(point, all.stream().mapToInt(Integer::intValue).toArray()));
    }

    /**
     * For each stop its passing, if it has one.
     *
     * @param passings in the order of time
     */
    static List<Optional<Passing>> of(List<Passing> passings, List<Stop> stops, double fromMetres, long gunNanos) {
        return new Alignment(passings, stops, fromMetres, gunNanos).best();
    }

    private List<Optional<Passing>> best() {
        int n = passings.size();
        int m = stops.size();
        begin();
        long missed = Math.max(LEAST_MISSED, MOST_STEPS / Math.max(1, (long) n * m));
        int best = -1;
        double least = (double) n + m;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                if (cost[i][j] == Double.POSITIVE_INFINITY) {
                    continue;
                }
                double all = cost[i][j] + LEFT_OUT * (n - 1 - i + m - 1 - j);
                if (all < least) {
                    least = all;
                    best = i * m + j;
                }
                for (int next = j + 1; next < m && next - j <= missed; next++) {
                    goOn(i, j, next);
                }
            }
        }
        return follow(best);
    }

    /** Each passing and stop as the first of all, where it can be. */
    private void begin() {
        for (double[] row : cost) {
            Arrays.fill(row, Double.POSITIVE_INFINITY);
        }
        for (int j = 0; j < stops.size(); j++) {
            double metres = stops.get(j).metres();
            long early = metres < 1 ? gunNanos - Result.EARLY_NANOS : least(gunNanos, metres, SLACK_SECONDS);
            int first = firstAt(stops.get(j), 0, early);
            if (first >= 0) {
                cost[first][j] = LEFT_OUT * (first + j) + atFirst(metres, passings.get(first));
                before[first][j] = -1;
            }
            if (metres < 1) {
                startEarly(j, early);
            }
        }
    }

    /**
     * Who crosses the start line long before the gun is a starter who is to be told of, unless it was to warm up; so it is
     * the last of them, and only if nobody starts later.
     */
    private void startEarly(int start, long untilNanos) {
        for (int i : at.getOrDefault(stops.get(start).timingPoint(), new int[0])) {
            long since = passings.get(i).atNanos();
            if (since < untilNanos) {
                cost[i][start] = LEFT_OUT * (i + start) + UNUSUAL * Math.log1p((untilNanos - since) / 1e9);
                before[i][start] = -1;
            }
        }
    }

    private double atFirst(double metres, Passing passing) {
        double usual = unusual(metres, passing.atNanos() - gunNanos);
        // A relay's later runners are known by the speed of those before them, which they have not run themselves.
        return fromMetres > 0 ? Math.max(0, usual - UNUSUAL * TEAMS_ARE_WITHIN) : usual;
    }

    /** From one stop to a later one there is one passing that is it: the first that can be. */
    private void goOn(int passing, int stop, int next) {
        Stop from = stops.get(stop);
        Stop to = stops.get(next);
        double metres = to.metres() - from.metres();
        double slack = from.timingPoint().equals(to.timingPoint()) ? 0 : SLACK_SECONDS;
        long since = passings.get(passing).atNanos();
        int there = firstAt(to, passing + 1, metres < 1 ? since : least(since, metres, slack));
        if (there < 0) {
            return;
        }
        double with = cost[passing][stop]
                + LEFT_OUT * (there - passing - 1 + next - stop - 1)
                + unusual(metres, passings.get(there).atNanos() - since);
        if (with < cost[there][next]) {
            cost[there][next] = with;
            before[there][next] = passing * stops.size() + stop;
        }
    }

    /** Nobody is that far any earlier. */
    private static long least(long sinceNanos, double metres, double slackSeconds) {
        return sinceNanos + Math.round((metres / Distance.FASTEST_METRES_PER_SECOND - slackSeconds) * 1e9);
    }

    /** The first passing at a stop's timing point from this index and this moment on; -1: none. */
    private int firstAt(Stop stop, int fromIndex, long fromNanos) {
        int[] there = at.getOrDefault(stop.timingPoint(), new int[0]);
        int low = 0;
        int high = there.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (there[middle] < fromIndex || passings.get(there[middle]).atNanos() < fromNanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < there.length ? there[low] : -1;
    }

    private List<Optional<Passing>> follow(int last) {
        List<Optional<Passing>> aligned = new ArrayList<>();
        stops.forEach(stop -> aligned.add(Optional.empty()));
        for (int each = last; each >= 0; each = before[each / stops.size()][each % stops.size()]) {
            aligned.set(each % stops.size(), Optional.of(passings.get(each / stops.size())));
        }
        return aligned;
    }

    private static double unusual(double metres, long nanos) {
        return metres < 1 || nanos <= 0
                ? 0
                : UNUSUAL * Math.abs(Math.log(metres / (nanos / 1e9) / USUAL_METRES_PER_SECOND));
    }
}
