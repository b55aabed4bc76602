package org.matgate.simulator.referee;

/**
 * How many reads met which end.
 *
 * @param offered that simulated readers put on the wire
 * @param stored that the boxes' journals hold
 * @param delivered offered ones that the engine holds as they were sent
 * @param destroyed offered ones that a fault kept from the box, which told of the gap
 * @param undetectable offered ones whose damage no checksum shows
 * @param lost all other offered ones that the engine lacks
 * @param duplicated that the engine holds beyond those that were sent
 * @param invented that the engine holds and nobody sent
 */
public record Counts(
        long offered,
        long stored,
        long delivered,
        long destroyed,
        long undetectable,
        long lost,
        long duplicated,
        long invented) {
    /** Nothing. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    public Counts plus(Counts other) {
        return new Counts(
                offered + other.offered,
                stored + other.stored,
                delivered + other.delivered,
                destroyed + other.destroyed,
                undetectable + other.undetectable,
                lost + other.lost,
                duplicated + other.duplicated,
                invented + other.invented);
    }
}
