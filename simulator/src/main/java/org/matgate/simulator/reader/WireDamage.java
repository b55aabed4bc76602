package org.matgate.simulator.reader;

/** What a bad cable does to frames. One mat calls it from one thread; a damage that several mats share must stand that. */
@FunctionalInterface
public interface WireDamage {
    /** A cable without fault. */
    WireDamage NONE = (reader, frame, monotonicNanos) -> frame;

    /**
     * What becomes of a frame, be it a read or something else that a reader says.
     *
     * @param reader the mat's name
     * @param frame its bytes, which may be changed in place
     * @param monotonicNanos when its first byte is about to go out
     * @return what goes out instead: the frame itself, changed, cut, with garbage around it, or nothing
     */
    byte[] onTheWay(String reader, byte[] frame, long monotonicNanos);
}
