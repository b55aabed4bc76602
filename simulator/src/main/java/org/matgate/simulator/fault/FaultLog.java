package org.matgate.simulator.fault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.matgate.simulator.fault.Happening.Kind;

/** What truly happened, and when. Thread-safe. */
public final class FaultLog {
    private final List<Happening> happenings = new ArrayList<>();

    /** Adds one; {@code detail} is for a person and may be empty. */
    public synchronized void add(long monotonicNanos, Kind kind, String subject, String detail) {
        happenings.add(new Happening(monotonicNanos, kind, subject, detail));
    }

    /** All so far, in the order of their moments; they are forgotten here. */
    public synchronized List<Happening> take() {
        List<Happening> taken = happenings();
        happenings.clear();
        return taken;
    }

    /** All so far, in the order of their moments. */
    public synchronized List<Happening> happenings() {
        return happenings.stream()
                .sorted(Comparator.comparingLong(Happening::monotonicNanos))
                .toList();
    }
}
