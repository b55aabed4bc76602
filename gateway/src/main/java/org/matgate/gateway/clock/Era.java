package org.matgate.gateway.clock;

/** The times that may be told: who says another, an engine or a person, has no clock or a slip of the pen. */
final class Era {
    /** 2020-01-01: before there was a matgate. */
    static final long FIRST_UTC_NANOS = 1_577_836_800_000_000_000L;

    /** 2200-01-01: so far from the end of 64 bits, in 2262, that no reckoning overflows. */
    static final long LAST_UTC_NANOS = 7_258_118_400_000_000_000L;

    private Era() {}

    static boolean contains(long utcNanos) {
        return utcNanos >= FIRST_UTC_NANOS && utcNanos < LAST_UTC_NANOS;
    }
}
