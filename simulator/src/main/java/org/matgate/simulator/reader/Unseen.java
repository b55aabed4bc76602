package org.matgate.simulator.reader;

/**
 * Tells the wire log whom a reader did not see, had no room for, or saw late, as far as that may be its host's doing. Not
 * thread-safe.
 */
final class Unseen {
    private final String name;
    private final WireLog wireLog;
    private final Waiting waiting;
    private final Promptness promptness = new Promptness();

    Unseen(String name, WireLog wireLog) {
        this.name = name;
        this.wireLog = wireLog;
        this.waiting = new Waiting(name, wireLog);
    }

    /** The reader goes on. */
    void step(long now) {
        promptness.step(now);
    }

    /** So long it was its line that let it wait. */
    void onTheLine(long nanos) {
        promptness.onTheLine(nanos);
    }

    /** What became of a sighting. */
    void seen(Sighting sighting, ReaderModel.Seen seen, long now) {
        if (seen == ReaderModel.Seen.IGNORED) {
            wireLog.ignored(name, sighting.cameMonotonicNanos());
        } else if (seen == ReaderModel.Seen.OVERFLOWED && !promptness.late(now)) {
            wireLog.overflowed(name, sighting.cameMonotonicNanos());
        }
    }

    /**
     * Looks who waits, and who has gone.
     *
     * @param waits whether somebody is there, and a host that listens does not ask
     * @param hurried then the waiting itself is judged, as all but a few wait where they are
     */
    void look(ReaderModel model, boolean waits, boolean hurried, long now) {
        waiting.look(now, waits);
        for (Sighting gone : model.gone()) {
            if (!hurried && !promptness.late(now)) {
                wireLog.ignored(name, gone.cameMonotonicNanos());
            }
        }
    }

    /** The reader is no more. */
    void end(long now) {
        waiting.look(now, false);
    }
}
