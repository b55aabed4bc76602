package org.matgate.simulator.reader;

/** Something that goes wrong inside a reader, or is over again. */
public sealed interface Mishap {
    /** Its power fails: what it had not said is gone, and it says nothing until {@link PowerOn}. */
    record PowerOff() implements Mishap {}

    /** Its power is back: it begins as it does when it is switched on. */
    record PowerOn() implements Mishap {}

    /** Its program hangs: it sees, hears and says nothing, until {@link PowerOn}, when its watchdog restarts it. */
    record Hang() implements Mishap {}

    /** The cable of an antenna is cut, or mended. */
    record AntennaCut(int antenna, boolean cut) implements Mishap {}

    /** It is too hot to transmit, or no longer. */
    record TooHot(boolean hot) implements Mishap {}

    /** Its memory takes no more reads, or again does. */
    record MemoryFull(boolean full) implements Mishap {}

    /** It says what it says byte by byte and at half its speed, or again as it should. */
    record Dribble(boolean slow) implements Mishap {}
}
