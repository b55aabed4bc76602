package org.matgate.gateway.clock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.matgate.gateway.clock.UtcLine.Bound;
import org.matgate.gateway.clock.UtcLine.Point;
import org.matgate.gateway.clock.UtcLine.Rate;
import org.matgate.protocol.stream.Event.ClockSource;
import org.matgate.protocol.stream.Stamp;

/**
 * All who have said in this boot what UTC is: the kernel and its time daemon, the engines, the crew. Each knows UTC
 * against CLOCK_MONOTONIC_RAW. Not thread-safe.
 */
final class Witnesses {
    /** A piece of a clock that is steered stands for so much of drift until the next reading worsens it. */
    static final long STEERED_GROWTH_PPB = 2_000;

    private final UtcLine daemon = new UtcLine();
    private final Engines engines = new Engines();
    private final UtcLine crew = new UtcLine();
    private ClockSource daemonSource = ClockSource.KERNEL;
    private CrewAnchor.Against crewAgainst = CrewAnchor.Against.NOBODY;

    /**
     * Takes what the kernel or chrony says.
     *
     * @return whether it contradicts what they said before
     */
    boolean daemon(ClockSource source, Point point) {
        daemonSource = source;
        return daemon.add(point);
    }

    /**
     * Takes what an engine says.
     *
     * @return whether it contradicts what it said before
     */
    boolean engine(String name, Point point) {
        return engines.add(name, point);
    }

    /**
     * The crew's anchor, in place of any earlier one.
     *
     * @param against who is not believed any more, besides those of whom that was said before
     */
    void crew(Point point, CrewAnchor.Against against) {
        crew.forget();
        crew.add(point);
        if (against.compareTo(crewAgainst) > 0) {
            crewAgainst = against;
        }
    }

    /**
     * What is believed of the moment of a reading.
     *
     * @param leapNanos by how much leap seconds have moved UTC in this boot
     * @param rawSlope how much faster CLOCK_MONOTONIC_RAW runs than CLOCK_MONOTONIC of late, in parts of one
     */
    Belief belief(Vouched now, long leapNanos, double rawSlope) {
        long raw = now.clocks().rawNanos();
        if (now.synchronised() && crewAgainst != CrewAnchor.Against.ALL) {
            // The kernel's bound grows by 500 ppm from look to look of its daemon; a quartz that is known is better.
            long error = now.errorNanos();
            Optional<Bound> reckoned = daemon.at(raw);
            if (reckoned.isPresent()) {
                long off = Math.abs(
                        now.clocks().utcNanos() - leapNanos - reckoned.get().utcNanos());
                error = Math.min(error, off + reckoned.get().errorNanos() + Vouched.torn(now.clocks()));
            }
            return new Belief(true, now.clocks().utcNanos(), error, 0, STEERED_GROWTH_PPB, now.source(), "");
        }
        Optional<Witness> best = all().stream()
                .filter(witness -> witness.at(raw).isPresent())
                .min(Comparator.comparingLong(
                        witness -> witness.at(raw).orElseThrow().errorNanos()));
        if (best.isEmpty()) {
            return new Belief(
                    false, now.clocks().utcNanos(), Stamp.UNSYNCHRONISED, 0, 0, ClockSource.NONE, "not synchronised");
        }
        Bound bound = best.get().at(raw).orElseThrow();
        Rate rate = best.get().rate();
        return new Belief(
                false,
                bound.utcNanos() + leapNanos,
                bound.errorNanos() + now.clocks().bracketNanos(),
                Math.round(((1 + rawSlope) * (1 + rate.middle()) - 1) * 1e9),
                (long) Math.ceil(rate.half() * 1e9) + STEERED_GROWTH_PPB,
                best.get().source(),
                note(best.get().source(), raw));
    }

    private String note(ClockSource source, long raw) {
        return switch (source) {
            case KERNEL, CHRONY -> "held over from when it was synchronised";
            case ENGINE ->
                engines.contradictAt(raw)
                        ? "by the engines' clocks, which contradict each other"
                        : "by the engine's clock";
            case CREW -> "by the crew's anchor";
            case NONE -> "not synchronised";
        };
    }

    /** Those who may restate the past; the one to be believed first comes first. */
    List<Witness> all() {
        List<Witness> all = new ArrayList<>();
        if (crewAgainst != CrewAnchor.Against.ALL && !daemon.isEmpty()) {
            all.add(new Witness(daemonSource, daemon));
        }
        if (crewAgainst == CrewAnchor.Against.NOBODY && !engines.isEmpty()) {
            all.add(new Witness(ClockSource.ENGINE, engines));
        }
        if (!crew.isEmpty()) {
            all.add(new Witness(ClockSource.CREW, crew));
        }
        return all;
    }
}
