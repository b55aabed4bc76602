package org.matgate.simulator.bench;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.matgate.protocol.Chip;
import org.matgate.simulator.reader.WireLog;

/** When the last byte of each read went out; each read is of a chip of its own. Thread-safe. */
final class SentReads implements WireLog {
    private final Map<Chip, Long> sent = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();
    private volatile long fromNanos;

    /** Tells of those only that are sent from now on, until told otherwise. */
    void forget(long nowNanos) {
        fromNanos = nowNanos;
        sent.clear();
    }

    @Override
    public void offered(WireRead truth, long sentMonotonicNanos, Fate fate) {
        if (fate == Fate.WHOLE && sentMonotonicNanos >= fromNanos) {
            sent.put(truth.chip(), sentMonotonicNanos);
        }
        count.incrementAndGet();
    }

    /** How many have gone out since the beginning. */
    long count() {
        return count.get();
    }

    OptionalLong sentNanos(Chip chip) {
        Long nanos = sent.get(chip);
        return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
    }
}
