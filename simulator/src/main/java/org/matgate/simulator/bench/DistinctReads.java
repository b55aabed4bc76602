package org.matgate.simulator.bench;

import java.util.Iterator;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.matgate.protocol.Chip;
import org.matgate.simulator.reader.Sighting;

/** Sightings at random moments, so many a second on average, each of a chip that is never seen again. */
final class DistinctReads implements Iterator<Sighting> {
    private static final AtomicLong CHIPS = new AtomicLong();

    private final Random random = new Random(CHIPS.get());
    private final double perSecond;
    private volatile long endNanos;
    private long monotonicNanos;

    /** @param startNanos CLOCK_MONOTONIC, as {@code endNanos} */
    DistinctReads(double perSecond, long startNanos, long endNanos) {
        this.perSecond = perSecond;
        this.monotonicNanos = startNanos;
        this.endNanos = endNanos;
    }

    /** There is no further one. From any thread. */
    void end() {
        endNanos = Long.MIN_VALUE;
    }

    @Override
    public boolean hasNext() {
        return monotonicNanos < endNanos;
    }

    @Override
    public Sighting next() {
        monotonicNanos += Math.round(-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
        Chip chip = new Chip("3034%020X".formatted(CHIPS.incrementAndGet()));
        return new Sighting(monotonicNanos, chip, 1 + random.nextInt(4), -7500 + random.nextInt(3500));
    }
}
