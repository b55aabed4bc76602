package org.matgate.protocol.receiver;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.matgate.protocol.stream.StreamMessage.Reason;

/** Counts on the event loop what any thread may read. */
final class Tally {
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger boxes = new AtomicInteger();
    final LongAdder connections = new LongAdder();
    final LongAdder welcomes = new LongAdder();
    final LongAdder nonsense = new LongAdder();
    final LongAdder silent = new LongAdder();
    final LongAdder crowdedOut = new LongAdder();
    final LongAdder stored = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder storeCalls = new LongAdder();
    final LongAdder storeFailures = new LongAdder();
    private final Map<Reason, LongAdder> refusals = new EnumMap<>(Reason.class);

    Tally() {
        for (Reason reason : Reason.values()) {
            refusals.put(reason, new LongAdder());
        }
    }

    void refused(Reason reason) {
        refusals.computeIfAbsent(reason, unused -> new LongAdder()).increment();
    }

    Counters read() {
        Map<Reason, Long> met = new EnumMap<>(Reason.class);
        refusals.forEach((reason, count) -> {
            if (count.sum() > 0) {
                met.put(reason, count.sum());
            }
        });
        return new Counters(
                open.get(),
                boxes.get(),
                connections.sum(),
                welcomes.sum(),
                met,
                nonsense.sum(),
                silent.sum(),
                stored.sum(),
                duplicates.sum(),
                storeCalls.sum(),
                storeFailures.sum(),
                crowdedOut.sum());
    }
}
