package org.matgate.gateway.reader;

import org.matgate.gateway.clock.ReaderClock;
import org.matgate.protocol.reader.ReaderTime;

/**
 * When an LLRP reader saw a chip, by its own clock, which is followed all race long: every stamp that arrives tells of
 * it, the greeting's before any that was held back. Moments are on CLOCK_MONOTONIC, in nanoseconds. Not thread-safe.
 */
final class LlrpTime {
    /** Network and reader hold a report back by some milliseconds: half a minute holds some that were not. */
    private static final long WINDOW_NANOS = 30_000_000_000L;

    /** Readers count in microseconds; how exactly they take the moment nobody says. */
    private static final long QUANTUM_NANOS = 100_000L;

    /** Of a report without a time it is known only that it came. */
    private static final long NO_TIME_NANOS = 250_000_000L;

    private final RawTime time;
    private final SessionOutput output;
    /** After such a pause nothing more comes of what was held back. */
    private static final long RELEASED_NANOS = 1_000_000_000L;

    private ReaderTime.Base base = ReaderTime.Base.NONE;
    private boolean releasing;
    private long greetingMicros;
    private long lastArrivalNanos;
    private ReaderClock clock = new ReaderClock(WINDOW_NANOS, QUANTUM_NANOS);

    /** A moment and how far it may be off. */
    record Moment(long monotonicNanos, long uncertaintyNanos) {}

    LlrpTime(RawTime time, SessionOutput output) {
        this.time = time;
        this.output = output;
    }

    /** The first that the reader says on a connection, just taken. What it held back meanwhile follows. */
    void greeted(ReaderTime stamp, Arrival arrival) {
        observe(stamp, arrival);
        releasing = true;
        greetingMicros = stamp.micros();
        lastArrivalNanos = arrival.endedNanos();
    }

    /**
     * A stamp came. Of one that was held back since before the greeting the arrival tells nothing; it would look as if
     * the reader's clock had been set back.
     */
    void heard(ReaderTime stamp, Arrival arrival) {
        releasing &= stamp.micros() < greetingMicros && arrival.beganNanos() - lastArrivalNanos < RELEASED_NANOS;
        lastArrivalNanos = arrival.endedNanos();
        if (!releasing || stamp.base() != base) {
            observe(stamp, arrival);
        }
    }

    private void observe(ReaderTime stamp, Arrival arrival) {
        if (stamp.base() != base) {
            // Another reader, or one that has learnt the time.
            base = stamp.base();
            clock = new ReaderClock(WINDOW_NANOS, QUANTUM_NANOS);
        }
        if (base != ReaderTime.Base.NONE) {
            clock.observe(1_000 * stamp.micros(), time.rawOfMonotonic(arrival.beganNanos()));
        }
    }

    /** When the reader took this stamp, which has been {@link #heard}. */
    Moment of(ReaderTime stamp, Arrival arrival) {
        if (stamp.base() == ReaderTime.Base.NONE) {
            return new Moment(arrival.beganNanos(), NO_TIME_NANOS);
        }
        long reader = 1_000 * stamp.micros();
        ReaderClock.Mapped mapped = clock.map(reader);
        output.learned(new Vital.ReaderOffset(reader - mapped.rawNanos(), mapped.uncertaintyNanos()));
        long moment = Math.min(time.monotonicOfRaw(mapped.rawNanos()), arrival.beganNanos());
        return new Moment(moment, mapped.uncertaintyNanos());
    }
}
