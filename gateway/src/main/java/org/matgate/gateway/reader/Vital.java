package org.matgate.gateway.reader;

/** Something that a reader says of itself, kept to be shown: no event hangs on it. */
public sealed interface Vital {
    /**
     * Who it is, as it says; each may be empty.
     *
     * @param model such as {@code M6e} or {@code Impinj R420}
     */
    record Identity(String model, String firmware) implements Vital {}

    /** How warm it is, degrees Celsius. */
    record Temperature(int celsius) implements Vital {}

    /** How much of what is sent into an antenna does not come back, 1/100 dB: little (below some 10 dB) is a bad cable. */
    record ReturnLoss(int antenna, int centiDb) implements Vital {}

    /** How full its own memory for reads is, percent. */
    record BufferLevel(int percent) implements Vital {}

    /**
     * How its own clock stands to CLOCK_MONOTONIC_RAW.
     *
     * @param offsetNanos what to add to the box's to have the reader's
     * @param uncertaintyNanos how wrong that may be
     */
    record ReaderOffset(long offsetNanos, long uncertaintyNanos) implements Vital {}
}
