package org.matgate.gateway.clock;

/** Parts per billion of long times, without overflow. */
final class Scale {
    private static final long BILLION = 1_000_000_000L;

    private Scale() {}

    /** {@code nanos * ppb / 1e9}, towards 0, for at most 292 years and 1,000,000,000 ppb. */
    static long ppb(long nanos, long ppb) {
        return nanos / BILLION * ppb + nanos % BILLION * ppb / BILLION;
    }
}
