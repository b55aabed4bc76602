package org.matgate.simulator.reader;

import org.matgate.simulator.reader.WireLog.Fate;

/** Counts what becomes of a mat's sightings. One thread counts; any may ask. */
final class Tally {
    private volatile MatStatistics statistics = new MatStatistics(0, 0, 0, 0, 0);

    void seen(ReaderModel.Seen seen) {
        MatStatistics s = statistics;
        statistics = switch (seen) {
            case TAKEN -> new MatStatistics(s.taken() + 1, s.offered(), s.destroyed(), s.ignored(), s.overflowed());
            case IGNORED -> new MatStatistics(s.taken(), s.offered(), s.destroyed(), s.ignored() + 1, s.overflowed());
            case OVERFLOWED ->
                new MatStatistics(s.taken(), s.offered(), s.destroyed(), s.ignored(), s.overflowed() + 1);
        };
    }

    void offered(Fate fate) {
        MatStatistics s = statistics;
        boolean destroyed = fate == Fate.DAMAGED || fate == Fate.NOT_LISTENING;
        statistics = new MatStatistics(
                s.taken(), s.offered() + 1, s.destroyed() + (destroyed ? 1 : 0), s.ignored(), s.overflowed());
    }

    MatStatistics statistics() {
        return statistics;
    }
}
