package org.matgate.gateway.clock;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where UTC lies against CLOCK_MONOTONIC_RAW, which is the box's quartz and nothing else: each reading that somebody
 * vouches for says that UTC is within its error there; between and beyond them the quartz runs at a rate that is known
 * from pairs of readings. What all readings allow together is the answer, and no better than the best of them claims.
 * UTC is counted on through leap seconds here. Not thread-safe.
 */
final class UtcLine implements Witness.Line {
    /** No quartz of a board is further off: they are sold as 20 to 50 ppm, and age by a few. */
    static final double QUARTZ = 100e-6;

    /**
     * By how much the mean rates over two stretches may differ. An AT-cut quartz moves by some 0.1 ppm per kelvin around
     * room temperature: 5 ppm is a box that comes from a warm van into the frost.
     */
    static final double WOBBLE = 5e-6;

    /** Readings kept; the pairs among them are what a look at the rate costs. */
    private static final int MOST_POINTS = 48;

    private static final long FIRST_SPACING_NANOS = 4_000_000_000L;
    private static final long SHORTEST_PAIR_NANOS = 1_000_000_000L;

    private final List<Point> points = new ArrayList<>();
    private long spacingNanos = FIRST_SPACING_NANOS;
    private Rate rate = new Rate(-QUARTZ, QUARTZ);

    /** At this CLOCK_MONOTONIC_RAW it is that UTC, to within the error. */
    record Point(long rawNanos, long utcNanos, long errorNanos) {
        private double driftFrom(Point other) {
            return (utcNanos - other.utcNanos) - (rawNanos - other.rawNanos);
        }
    }

    /** UTC, and how far from the truth it may be. */
    record Bound(long utcNanos, long errorNanos) {
        long low() {
            return utcNanos - errorNanos;
        }

        long high() {
            return utcNanos + errorNanos;
        }

        boolean excludes(Bound other) {
            return Math.abs(utcNanos - other.utcNanos) > errorNanos + other.errorNanos;
        }
    }

    /** How much faster than the quartz UTC runs, in parts of one: between these. */
    record Rate(double low, double high) {
        double middle() {
            return (low + high) / 2;
        }

        double half() {
            return (high - low) / 2;
        }
    }

    /**
     * Takes a reading.
     *
     * @return whether it contradicts those before: then they are forgotten, for who vouches has changed his mind
     */
    boolean add(Point point) {
        Optional<Bound> here = at(point.rawNanos);
        boolean contradicts = here.isPresent() && here.get().excludes(new Bound(point.utcNanos, point.errorNanos));
        if (contradicts) {
            points.clear();
            spacingNanos = FIRST_SPACING_NANOS;
        }
        if (points.size() < 2 || point.rawNanos - points.get(points.size() - 2).rawNanos >= spacingNanos) {
            points.add(point);
        } else if (point.errorNanos <= points.getLast().errorNanos) {
            points.set(points.size() - 1, point);
        } else {
            return contradicts;
        }
        thin();
        rate = rateOfPairs();
        return contradicts;
    }

    boolean isEmpty() {
        return points.isEmpty();
    }

    void forget() {
        points.clear();
        rate = new Rate(-QUARTZ, QUARTZ);
    }

    @Override
    public Rate rate() {
        return rate;
    }

    /** UTC at a moment of CLOCK_MONOTONIC_RAW, also one far from all readings; empty where there are none. */
    @Override
    public Optional<Bound> at(long rawNanos) {
        if (points.isEmpty()) {
            return Optional.empty();
        }
        Point first = points.getFirst();
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        long least = Long.MAX_VALUE;
        for (Point point : points) {
            double drift = point.driftFrom(first);
            double since = rawNanos - point.rawNanos;
            low = Math.max(low, drift - point.errorNanos + Math.min(since * rate.low, since * rate.high));
            high = Math.min(high, drift + point.errorNanos + Math.max(since * rate.low, since * rate.high));
            least = Math.min(least, point.errorNanos);
        }
        // Should the quartz have wobbled more than is allowed for, both ends are possible and all between them.
        double half = Math.abs(high - low) / 2;
        long utc = first.utcNanos + (rawNanos - first.rawNanos) + Math.round((low + high) / 2);
        return Optional.of(new Bound(utc, Math.max(least, (long) Math.ceil(half) + 1)));
    }

    /** Half of the readings go where there are too many: of two neighbours the better one stays. */
    private void thin() {
        if (points.size() <= MOST_POINTS) {
            return;
        }
        spacingNanos *= 2;
        List<Point> kept = new ArrayList<>();
        kept.add(points.getFirst());
        for (int i = 1; i + 1 < points.size() - 1; i += 2) {
            Point one = points.get(i);
            Point other = points.get(i + 1);
            kept.add(one.errorNanos <= other.errorNanos ? one : other);
        }
        kept.add(points.getLast());
        points.clear();
        points.addAll(kept);
    }

    /** Each pair tells the mean rate between its readings; that of any other stretch is the same but for the wobble. */
    private Rate rateOfPairs() {
        double low = -QUARTZ;
        double high = QUARTZ;
        for (int i = 0; i < points.size(); i++) {
            Point one = points.get(i);
            for (int j = i + 1; j < points.size(); j++) {
                Point other = points.get(j);
                double length = other.rawNanos - one.rawNanos;
                if (length >= SHORTEST_PAIR_NANOS) {
                    double mean = other.driftFrom(one) / length;
                    double slack = ((double) one.errorNanos + other.errorNanos) / length + WOBBLE;
                    low = Math.max(low, mean - slack);
                    high = Math.min(high, mean + slack);
                }
            }
        }
        return low <= high ? new Rate(low, high) : new Rate(high - WOBBLE, low + WOBBLE);
    }
}
