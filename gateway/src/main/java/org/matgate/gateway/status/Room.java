package org.matgate.gateway.status;

import java.util.OptionalLong;

/** How much room a disk must have. */
public final class Room {
    /** Some three million reads: a long race on many mats. */
    static final long LITTLE_BYTES = 1_000_000_000L;

    /** Minutes at full speed. */
    static final long NONE_BYTES = 100_000_000L;

    private static final String TODO = "make room on the disk: move away what is not the journal";

    private Room() {}

    /** Finds fault with a disk that has too little, if that is known. */
    public static Findings judge(Findings findings, OptionalLong usableBytes) {
        long usable = usableBytes.orElse(Long.MAX_VALUE);
        return findings.fail(usable < NONE_BYTES, TODO).warn(usable >= NONE_BYTES && usable < LITTLE_BYTES, TODO);
    }

    /** How bad it is; OK where that is not known. */
    public static Level level(OptionalLong usableBytes) {
        long usable = usableBytes.orElse(Long.MAX_VALUE);
        return usable < NONE_BYTES ? Level.FAIL : usable < LITTLE_BYTES ? Level.WARN : Level.OK;
    }

    /** Whether it is so little that one who has complained waits for more: room that comes and goes is one complaint. */
    public static boolean scarce(OptionalLong usableBytes) {
        return usableBytes.orElse(Long.MAX_VALUE) < LITTLE_BYTES + NONE_BYTES;
    }
}
