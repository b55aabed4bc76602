package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.clock.BoxClockPlan;
import org.matgate.simulator.race.RaceClock;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.referee.CaseDirectory;

/** What the clocks of all boxes show. For one thread. */
final class BoxClocks {
    /** So far ahead a box is told how its clocks are to run: it looks every second, on a busy machine later. */
    private static final long AHEAD_NANOS = 4_000_000_000L;

    private final CaseDirectory directory;
    private final SimClock clock;
    private final Map<String, BoxClockPlan> plans = new LinkedHashMap<>();

    BoxClocks(CaseDirectory directory, SimClock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** A box's first boot begins. */
    void add(Scenario scenario, String box, long seed) throws IOException {
        BoxClockPlan plan = new BoxClockPlan(scenario.clockOf(box), seed, clock::utcNanos, clock.monotonicNanos());
        directory.clock(box).write(plan.lines());
        plans.put(box, plan);
    }

    /** A race begins; what of it is known is told. */
    void race(Scenario scenario, RaceClock race) throws IOException {
        plans.values().forEach(plan -> plan.race(scenario.faults(), race, scenario.durationNanos()));
        tell(race);
    }

    /** Tells every box how its clocks are to run, as far as that is known; wants to be called every second. */
    void tell(RaceClock race) throws IOException {
        boolean all = race.knownUntilNanos() == Long.MAX_VALUE;
        long until = all ? Long.MAX_VALUE : clock.monotonicNanos() + AHEAD_NANOS;
        for (Map.Entry<String, BoxClockPlan> box : plans.entrySet()) {
            if (box.getValue().goOn(until)) {
                directory.clock(box.getKey()).write(box.getValue().lines());
            }
        }
    }
}
