package org.matgate.simulator.reader;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.matgate.protocol.Chip;

/**
 * Chips that pass at random, for a mat without a race: independent of each other, at a steady rate on average. The same
 * seed gives the same chips, antennas, strengths and intervals.
 */
public final class InventedSightings implements Iterator<Sighting> {
    private final Random random;
    private final double perSecond;
    private final int chips;
    private final int chipBytes;
    private final int antennas;
    private final BooleanSupplier more;
    private long monotonicNanos;

    /**
     * @param startNanos from when on, CLOCK_MONOTONIC
     * @param perSecond sightings a second on average, more than 0
     * @param chips how many different ones
     * @param chipBytes bytes in a chip's identity, at least 4
     * @param antennas how many see, 1 to so many
     * @param more asked before each whether there is to be another
     */
    public InventedSightings(
            long seed,
            long startNanos,
            double perSecond,
            int chips,
            int chipBytes,
            int antennas,
            BooleanSupplier more) {
        if (!(perSecond > 0) || chips < 1 || antennas < 1) {
            throw new IllegalArgumentException(
                    perSecond + " sightings a second of " + chips + " chips on " + antennas + " antennas");
        }
        this.random = new Random(seed);
        this.monotonicNanos = startNanos;
        this.perSecond = perSecond;
        this.chips = chips;
        this.chipBytes = chipBytes;
        this.antennas = antennas;
        this.more = more;
    }

    @Override
    public boolean hasNext() {
        return more.getAsBoolean();
    }

    @Override
    public Sighting next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        monotonicNanos += Math.round(-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
        Chip chip = chip(1 + random.nextInt(chips));
        int antenna = 1 + random.nextInt(antennas);
        return new Sighting(monotonicNanos, chip, antenna, -7500 + random.nextInt(3500));
    }

    private Chip chip(int number) {
        return new Chip(("%0" + 2 * chipBytes + "X").formatted(number));
    }
}
