package org.matgate.gateway.clock;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.matgate.gateway.clock.UtcLine.Bound;
import org.matgate.gateway.clock.UtcLine.Point;
import org.matgate.gateway.clock.UtcLine.Rate;

/** What the clocks of the results engines say, for a box that has nothing better. Not thread-safe. */
final class Engines implements Witness.Line {
    /** What an engine's clock may be wrong by where it does not say: one steered by NTP is better, but nobody vouches. */
    static final long UNSAID_NANOS = 1_000_000_000;

    /** Engines that have been heard of in this boot; a configuration has a few. */
    private static final int MOST_ENGINES = 16;

    private final Map<String, UtcLine> lines = new LinkedHashMap<>();

    /**
     * Takes what an engine says.
     *
     * @return whether it contradicts what it said before
     */
    boolean add(String engine, Point point) {
        if (!lines.containsKey(engine) && lines.size() >= MOST_ENGINES) {
            return false;
        }
        return lines.computeIfAbsent(engine, name -> new UtcLine()).add(point);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The best of them; where two contradict each other, from the earliest to the latest that any allows. */
    @Override
    public Optional<Bound> at(long rawNanos) {
        Optional<Bound> best = Optional.empty();
        Optional<Bound> hull = Optional.empty();
        long latestLow = Long.MIN_VALUE;
        long earliestHigh = Long.MAX_VALUE;
        for (UtcLine line : lines.values()) {
            Optional<Bound> here = line.at(rawNanos);
            if (here.isEmpty()) {
                continue;
            }
            latestLow = Math.max(latestLow, here.get().low());
            earliestHigh = Math.min(earliestHigh, here.get().high());
            hull = Optional.of(hull.isPresent() ? hull(hull.get(), here.get()) : here.get());
            if (best.isEmpty() || here.get().errorNanos() < best.get().errorNanos()) {
                best = here;
            }
        }
        // Where any two do not overlap, no moment lies in all.
        return latestLow > earliestHigh ? hull : best;
    }

    /** Whether engines contradict each other, so that none is believed alone. */
    boolean contradictAt(long rawNanos) {
        Optional<Bound> hull = at(rawNanos);
        return hull.isPresent()
                && lines.values().stream()
                        .map(line -> line.at(rawNanos))
                        .flatMap(Optional::stream)
                        .allMatch(one -> one.errorNanos() < hull.get().errorNanos());
    }

    /** The quartz is the same whoever looks; the widest that any engine knows. */
    @Override
    public Rate rate() {
        double low = UtcLine.QUARTZ;
        double high = -UtcLine.QUARTZ;
        for (UtcLine line : lines.values()) {
            low = Math.min(low, line.rate().low());
            high = Math.max(high, line.rate().high());
        }
        return new Rate(low, high);
    }

    private static Bound hull(Bound one, Bound other) {
        long low = Math.min(one.low(), other.low());
        long high = Math.max(one.high(), other.high());
        return new Bound(low + (high - low) / 2, (high - low) / 2 + 1);
    }
}
