package org.matgate.protocol.reader;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A reader's own time of a sighting, as it sent it.
 *
 * @param base what the time counts from
 * @param micros microseconds on that base; 0 where the base is {@link Base#NONE}. A civil time counts as if it were UTC
 */
public record ReaderTime(Base base, long micros) {
    /** The reader sent no time. */
    public static final ReaderTime NONE = new ReaderTime(Base.NONE, 0);

    /** What a reader's time counts from. */
    public enum Base {
        /** There is no time. */
        NONE,
        /** The beginning of the reader's current search cycle (Mercury). */
        CYCLE,
        /** Date and time of day on the reader's clock, zone unknown (IPICO). */
        CIVIL,
        /** 1970 by the reader's UTC clock (LLRP). */
        UTC,
        /** The reader's start (LLRP). */
        UPTIME
    }

    public ReaderTime {
        if (base == Base.NONE && micros != 0) {
            throw new IllegalArgumentException("no reader time, yet " + micros + " µs");
        }
    }

    /** A time on the reader's calendar, kept to the microsecond. */
    public static ReaderTime civil(LocalDateTime time) {
        return new ReaderTime(
                Base.CIVIL, ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), time));
    }
}
