package org.matgate.gateway.reader;

import org.matgate.gateway.clock.ReaderClock;
import org.matgate.protocol.reader.ReaderTime;

/**
 * When an IPICO reader saw a chip, by its own clock, which is followed by every line and by the turns of its seconds. What
 * is known of it outlives a link, since the reader does; but it may have been switched off meanwhile, and its clock have
 * lost time. What comes late by what was known was held up on its way, or tells of that: a clock that was set back makes
 * all that comes late by as much at least, so the least late bounds by how much it was. Moments are on CLOCK_MONOTONIC, in
 * nanoseconds. Not thread-safe.
 */
final class IpicoTime {
    /** Lines are late by up to 70 ms and more in bursts: half a minute holds some that were not. */
    private static final long WINDOW_NANOS = 30_000_000_000L;

    private static final long QUANTUM_NANOS = 10_000_000L;

    /** A line without a time says only that the reader sent it a moment ago. */
    private static final long NO_TIME_UNCERTAINTY_NANOS = 100_000_000L;

    /** What comes later than this, though it was looked for, puts the clock in doubt also where nothing else does. */
    private static final long LATE_NANOS = 250_000_000L;

    private final RawTime time;
    private final SessionOutput output;
    private final ReaderClock clock = new ReaderClock(WINDOW_NANOS, QUANTUM_NANOS);
    private boolean observed;
    /** By so much at most the reader's clock may have been set back since it was known. */
    private long setBackNanos;

    /** A moment and how far it may be off. */
    record Moment(long monotonicNanos, long uncertaintyNanos) {}

    IpicoTime(RawTime time, SessionOutput output) {
        this.time = time;
        this.output = output;
    }

    /** A new connection; the reader may have been without power since the last. */
    void newLink() {
        clock.newLink();
        mayHaveBeenSet();
    }

    /** The reader may have been without power for a while. */
    void mayHaveBeenSet() {
        setBackNanos = observed ? Long.MAX_VALUE : 0;
    }

    /** A question was answered in this time. */
    void answered(long tookNanos) {
        clock.answered(tookNanos);
    }

    /** A second of the reader's turned, between two of its answers. */
    void turned(IpicoTurns.Turn turn, Arrival arrival) {
        long reader = 1_000 * turn.readerMicros();
        clock.observe(reader, time.rawOfMonotonic(arrival.beganNanos()), time.rawOfMonotonic(turn.notBeforeNanos()));
        observed(reader, arrival);
    }

    /** When the reader took this stamp, which came so. */
    Moment of(ReaderTime stamp, Arrival arrival) {
        if (stamp.base() != ReaderTime.Base.CIVIL) {
            return new Moment(arrival.beganNanos(), NO_TIME_UNCERTAINTY_NANOS);
        }
        long reader = 1_000 * stamp.micros();
        clock.observe(reader, time.rawOfMonotonic(arrival.beganNanos()));
        observed(reader, arrival);
        ReaderClock.Mapped mapped = clock.map(reader);
        output.learned(new Vital.ReaderOffset(reader - mapped.rawNanos(), mapped.uncertaintyNanos()));
        long moment = Math.min(time.monotonicOfRaw(mapped.rawNanos()), arrival.beganNanos());
        return new Moment(moment, mapped.uncertaintyNanos() + doubtNanos(reader, arrival));
    }

    private void observed(long readerNanos, Arrival arrival) {
        observed = true;
        setBackNanos = Math.min(setBackNanos, lateNanos(readerNanos, arrival.beganNanos()));
    }

    private long doubtNanos(long readerNanos, Arrival arrival) {
        // What this host was late to look for was not late.
        boolean late = lateNanos(readerNanos, arrival.sinceNanos()) > LATE_NANOS;
        return late ? lateNanos(readerNanos, arrival.beganNanos()) : setBackNanos;
    }

    private long lateNanos(long readerNanos, long arrivedNanos) {
        return Math.max(0, time.rawOfMonotonic(arrivedNanos) - clock.expectedArrival(readerNanos));
    }
}
