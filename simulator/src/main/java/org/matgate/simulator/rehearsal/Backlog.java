package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.matgate.simulator.race.Mat;
import org.matgate.simulator.race.Scenario;
import org.matgate.simulator.reader.WireLog;
import org.matgate.simulator.referee.CaseDirectory;
import org.matgate.simulator.referee.NewReads;

/**
 * How much is on its way: from the mats into the boxes' journals, and from there to the engine. Passes on the truth.
 * Thread-safe; one thread asks.
 */
final class Backlog implements WireLog {
    private final WireLog truth;
    private final CaseDirectory directory;
    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final Map<String, Box> boxOfMat = new HashMap<>();

    /** What one box was sent, and has written down. */
    private static final class Box {
        final AtomicLong sent = new AtomicLong();
        final NewReads journal;
        long events;
        /** Of what was sent so much will never be in the journal: it was destroyed on its way, unseen by its mat. */
        long destroyed;

        Box(NewReads journal) {
            this.journal = journal;
        }
    }

    Backlog(Scenario scenario, CaseDirectory directory, WireLog truth) {
        this.truth = truth;
        this.directory = directory;
        for (Mat mat : scenario.mats()) {
            Box box = boxes.computeIfAbsent(mat.timingPoint(), name -> new Box(new NewReads(directory.journal(name))));
            boxOfMat.put(mat.name(), box);
        }
    }

    @Override
    public void offered(WireRead read, long sentMonotonicNanos, Fate fate) {
        truth.offered(read, sentMonotonicNanos, fate);
        Box box = boxOfMat.get(read.reader());
        if (box != null && (fate == Fate.WHOLE || fate == Fate.UNDETECTABLE)) {
            box.sent.incrementAndGet();
        }
    }

    @Override
    public void ignored(String reader, long sightedMonotonicNanos) {
        truth.ignored(reader, sightedMonotonicNanos);
    }

    /**
     * How many reads went out and are in no journal yet, at the box that has most of them.
     *
     * @param starting boxes that are not ready: what a killed one had not written down is destroyed and not on its way. Their
     *     journals are not looked at: whoever opens one first after a kill repairs it, which is the box's own task
     */
    long readsInBoxes(List<String> starting) throws IOException {
        long most = 0;
        for (Map.Entry<String, Box> entry : boxes.entrySet()) {
            Box box = entry.getValue();
            // Asked first: what is sent meanwhile is on its way, what is written meanwhile is not there twice.
            long sent = box.sent.get();
            boolean anew = starting.contains(entry.getKey());
            long missing = sent - (anew ? box.journal.seen() : box.journal.look());
            box.destroyed = anew ? missing : Math.min(box.destroyed, missing);
            most = Math.max(most, missing - box.destroyed);
        }
        return most;
    }

    /**
     * How many events boxes hold and the engine does not.
     *
     * @param starting boxes that are not ready, as above
     */
    long eventsToEngine(List<String> starting) throws IOException {
        long held = directory.eventsInEngine();
        long events = 0;
        for (Map.Entry<String, Box> entry : boxes.entrySet()) {
            Box box = entry.getValue();
            if (!starting.contains(entry.getKey())) {
                box.events = directory.eventsInBoxes(List.of(entry.getKey()));
            }
            events += box.events;
        }
        return Math.max(0, events - held);
    }
}
