package org.matgate.protocol.fuzz;

/** What a fuzzer calls; the system property {@code matgate.fuzz} names the parser. */
public final class Fuzzer {
    private static final FuzzTarget TARGET = FuzzTarget.of(System.getProperty("matgate.fuzz", ""));

    private Fuzzer() {}

    /** One input of the fuzzer's. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.check().of(input);
    }
}
