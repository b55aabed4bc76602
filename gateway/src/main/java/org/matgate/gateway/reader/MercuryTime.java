package org.matgate.gateway.reader;

import java.util.Arrays;
import java.util.OptionalLong;
import org.matgate.gateway.clock.ReaderClock;

/**
 * When a Mercury module saw a chip. The module counts milliseconds from the beginning of each search cycle, and cycles
 * follow each other: the sum of their lengths is a clock that runs on, which a {@link ReaderClock} maps onto the box's. A
 * pause between cycles makes that clock slow; its rate is followed. Everything that the module says is an observation;
 * the ends of cycles come whether chips are read or not. The first cycle did not begin before it was asked for.
 *
 * <p>If a cycle's end was damaged on the wire, the count is a cycle behind: found by timestamps that begin again, or by
 * a message that comes a whole cycle late after damage.
 *
 * <p>Not thread-safe.
 */
final class MercuryTime {
    /** How long one cycle is asked to last, and lasts where the module does not say. */
    static final int CYCLE_MILLIS = 1_000;

    private static final long MILLI = 1_000_000L;
    private static final long WINDOW_NANOS = 8 * CYCLE_MILLIS * MILLI;
    /** Of each cycle a module may use 1 % for something else, which it does not count. */
    private static final long MOST_PAUSE_PPB = 10_000_000;
    /** No cycle is longer: a count beyond is damaged, or none of this cycle's. */
    private static final long MOST_MILLIS = 0xFFFF;
    /** Timestamps of one cycle may be out of order by so much. */
    private static final long DISORDER_MILLIS = 100;
    /** A message that comes a cycle late, less so much, after damage, is one of a later cycle. */
    private static final long MISSED_MARGIN_NANOS = 100 * MILLI;
    /** A message off whole cycles by more was held back itself: nobody can tell how many ends were missed. */
    private static final long PROMPT_NANOS = 20 * MILLI;
    /** By then what was held back has come, and a wrong count of cycles has shown. */
    private static final long DOUBT_LASTS_NANOS = 2 * CYCLE_MILLIS * MILLI;
    /** Without a timestamp all that is known is the arrival, and that a module does not hold a record for long. */
    private static final long NO_TIME_UNCERTAINTY_NANOS = 50 * MILLI;
    /** Cycles whose median length is taken where the module does not say. */
    private static final int MEASURED_CYCLES = 9;

    /**
     * When a chip was seen.
     *
     * @param monotonicNanos on CLOCK_MONOTONIC
     * @param uncertaintyNanos how far off that may be
     */
    record Moment(long monotonicNanos, long uncertaintyNanos) {}

    private final RawTime time;
    private final long[] measured = new long[MEASURED_CYCLES];
    private int measurements;
    private ReaderClock clock;
    private boolean observed;
    private boolean endMayBeMissing;
    /** When the search was asked for, until something was observed. */
    private OptionalLong askedRawNanos = OptionalLong.empty();

    private long cycleStartNanos;
    private long lastLengthNanos;
    private long lastMillis;
    private long lastEndRawNanos;
    private long doubtNanos;
    private long doubtUntilRawNanos;

    MercuryTime(RawTime time) {
        this.time = time;
        this.clock = newClock();
        begin();
    }

    /** The module begins to search: nothing of before holds. */
    void begin() {
        clock = newClock();
        observed = false;
        endMayBeMissing = false;
        cycleStartNanos = 0;
        lastLengthNanos = CYCLE_MILLIS * MILLI;
        lastMillis = 0;
        lastEndRawNanos = 0;
        doubtNanos = 0;
        measurements = 0;
        askedRawNanos = OptionalLong.empty();
    }

    /** The module is told to search now, and does not search yet. */
    void begin(long nowNanos) {
        begin();
        askedRawNanos = OptionalLong.of(time.rawOfMonotonic(nowNanos));
    }

    private static ReaderClock newClock() {
        return new ReaderClock(WINDOW_NANOS, MILLI, MOST_PAUSE_PPB);
    }

    /** Something was damaged on the wire, perhaps the end of a cycle. */
    void damaged() {
        endMayBeMissing = true;
    }

    /** A record whose reader's time is {@code millis} into the cycle came so. */
    Moment read(long millis, Arrival arrival) {
        if (millis < 0 || millis > MOST_MILLIS) {
            return read(arrival);
        }
        long raw = time.rawOfMonotonic(arrival.beganNanos());
        if (millis < lastMillis - DISORDER_MILLIS) {
            cycleStartNanos += lastLengthNanos;
            lastMillis = 0;
        }
        catchUp(millis * MILLI, raw);
        lastMillis = Math.max(lastMillis, millis);
        long reader = cycleStartNanos + millis * MILLI;
        clock.mayHaveLain(arrival.beganNanos() - arrival.sinceNanos());
        observe(reader, raw);
        ReaderClock.Mapped mapped = clock.map(reader);
        long moment = Math.min(time.monotonicOfRaw(mapped.rawNanos()), arrival.beganNanos());
        long doubt = raw < doubtUntilRawNanos ? doubtNanos : 0;
        return new Moment(moment, mapped.uncertaintyNanos() + doubt);
    }

    /** A record without a time came so. */
    static Moment read(Arrival arrival) {
        return new Moment(arrival.beganNanos(), NO_TIME_UNCERTAINTY_NANOS);
    }

    /** A cycle's end came so. */
    void cycleEnd(OptionalLong cycleMillis, Arrival arrival) {
        long raw = time.rawOfMonotonic(arrival.beganNanos());
        boolean told = cycleMillis.isPresent() && cycleMillis.getAsLong() <= MOST_MILLIS;
        long length = told ? cycleMillis.getAsLong() * MILLI : measuredLength(raw);
        catchUp(length, raw);
        cycleStartNanos += length;
        clock.mayHaveLain(arrival.beganNanos() - arrival.sinceNanos());
        observe(cycleStartNanos, raw);
        lastLengthNanos = Math.max(length, MILLI);
        lastEndRawNanos = raw;
        lastMillis = 0;
    }

    private void observe(long readerNanos, long rawNanos) {
        if (askedRawNanos.isPresent()) {
            clock.observe(readerNanos, rawNanos, askedRawNanos.getAsLong() + readerNanos);
            askedRawNanos = OptionalLong.empty();
        } else {
            clock.observe(readerNanos, rawNanos);
        }
        observed = true;
    }

    /** After damage: if the message at this time of the cycle comes whole cycles late, their ends were missed. */
    private void catchUp(long inCycleNanos, long rawNanos) {
        if (!endMayBeMissing || !observed) {
            return;
        }
        endMayBeMissing = false;
        long late = rawNanos - clock.expectedArrival(cycleStartNanos + inCycleNanos);
        long missed = (late + MISSED_MARGIN_NANOS) / lastLengthNanos;
        if (missed > 0) {
            cycleStartNanos += missed * lastLengthNanos;
            lastMillis = 0;
            if (Math.abs(late - missed * lastLengthNanos) > PROMPT_NANOS) {
                doubtNanos = missed * lastLengthNanos + MISSED_MARGIN_NANOS;
                doubtUntilRawNanos = rawNanos + DOUBT_LASTS_NANOS;
            }
        }
    }

    /** The median time between ends of late: one that came late does not matter. */
    private long measuredLength(long endRawNanos) {
        if (lastEndRawNanos != 0) {
            measured[measurements % MEASURED_CYCLES] = endRawNanos - lastEndRawNanos;
            measurements++;
        }
        if (measurements < MEASURED_CYCLES) {
            return CYCLE_MILLIS * MILLI;
        }
        long[] sorted = measured.clone();
        Arrays.sort(sorted);
        return sorted[MEASURED_CYCLES / 2];
    }
}
