package org.matgate.simulator.referee;

import java.util.ArrayList;
import java.util.List;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.reader.WireLog;

/** Collects the truth. Thread-safe. */
public final class TruthLog implements WireLog {
    private final SimClock clock;
    private final List<TruthRead> reads = new ArrayList<>();

    public TruthLog(SimClock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void offered(WireRead truth, long sentMonotonicNanos, Fate fate) {
        reads.add(new TruthRead(truth, clock.utcNanos(truth.sightedMonotonicNanos()), sentMonotonicNanos, fate));
    }

    /** How many reads so far. */
    public synchronized int count() {
        return reads.size();
    }

    /** All so far, which are forgotten: what comes is of another race. */
    public synchronized List<TruthRead> take() {
        List<TruthRead> taken = List.copyOf(reads);
        reads.clear();
        return taken;
    }

    /** All so far, in the order in which they were sent. */
    public synchronized List<TruthRead> reads() {
        return List.copyOf(reads);
    }
}
