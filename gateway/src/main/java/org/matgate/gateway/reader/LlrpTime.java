package org.matgate.gateway.reader;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.clock.ReaderClock;
import org.matgate.protocol.reader.ReaderTime;

/**
 * When an LLRP reader saw a chip, by its own clock, which is followed all race long: every stamp that arrives tells of
 * it, the greeting's before any that was held back. A reader that learns the time counts from elsewhere than before, and
 * may tell later what it kept by its uptime; so either is followed on its own. Moments are on CLOCK_MONOTONIC, in
 * nanoseconds. Not thread-safe.
 */
final class LlrpTime {
    /** Network and reader hold a report back by some milliseconds: half a minute holds some that were not. */
    private static final long WINDOW_NANOS = 30_000_000_000L;

    /** Readers count in microseconds; how exactly they take the moment nobody says. */
    private static final long QUANTUM_NANOS = 100_000L;

    /** Of a report without a time it is known only that it came. */
    private static final long NO_TIME_NANOS = 250_000_000L;

    /**
     * After such a pause nothing more comes of what was held back; a network or a disk that stalls makes shorter ones.
     */
    private static final long RELEASED_NANOS = 20_000_000_000L;

    /** What comes later than this, though it was looked for, was held up on its way, or the clock was set back. */
    private static final long LATE_NANOS = 250_000_000L;

    private final RawTime time;
    private final SessionOutput output;
    private final Map<ReaderTime.Base, ReaderClock> clocks = new EnumMap<>(ReaderTime.Base.class);
    private boolean releasing;
    private long greetingRawNanos;
    private OptionalLong quickestAnswerNanos = OptionalLong.empty();
    /** What was held back came last then; in the far future before it was asked for. */
    private long lastHeldNanos;
    /** By how much the reader's clock seems to have been set since the connection before. */
    private long setNanos;

    /** A moment and how far it may be off. */
    record Moment(long monotonicNanos, long uncertaintyNanos) {}

    LlrpTime(RawTime time, SessionOutput output) {
        this.time = time;
        this.output = output;
    }

    /** A new connection. */
    void opened() {
        quickestAnswerNanos = OptionalLong.empty();
        clocks.values().forEach(ReaderClock::newLink);
    }

    /** A question of then is answered: how long that took bounds what the way adds to every message. */
    void answered(long askedNanos, Arrival arrival) {
        long tookNanos = arrival.beganNanos() - askedNanos;
        quickestAnswerNanos = OptionalLong.of(Math.min(tookNanos, quickestAnswerNanos.orElse(tookNanos)));
        clocks.values().forEach(clock -> clock.answered(tookNanos));
    }

    /** The first that the reader says on a connection, just taken. What it held back meanwhile follows. */
    void greeted(ReaderTime stamp, Arrival arrival) {
        releasing = true;
        greetingRawNanos = time.rawOfMonotonic(arrival.beganNanos());
        lastHeldNanos = Long.MAX_VALUE;
        setNanos = 0;
        ReaderClock before = clocks.get(stamp.base());
        long expectedNanos = before == null ? 0 : before.expectedArrival(1_000 * stamp.micros());
        // It greets whoever connects, so no sooner than we did.
        observe(stamp, arrival, OptionalLong.of(time.rawOfMonotonic(arrival.sinceNanos())));
        if (before != null) {
            long nowExpectedNanos = before.expectedArrival(1_000 * stamp.micros());
            setNanos = Math.abs(nowExpectedNanos - expectedNanos) + late(nowExpectedNanos, arrival);
        }
    }

    /** From now on the reader tells what it held back, if it did. */
    void released(long nowNanos) {
        lastHeldNanos = nowNanos;
    }

    /**
     * A stamp came. Of one that was held back since before the greeting the arrival tells nothing; it would look as if
     * the reader's clock had been set back.
     */
    void heard(ReaderTime stamp, Arrival arrival) {
        releasing &= wasHeld(stamp, arrival);
        if (releasing) {
            lastHeldNanos = Math.max(lastHeldNanos, arrival.endedNanos());
        } else {
            observe(stamp, arrival, OptionalLong.empty());
        }
    }

    private boolean wasHeld(ReaderTime stamp, Arrival arrival) {
        ReaderClock clock = clocks.get(stamp.base());
        return clock != null
                && clock.expectedArrival(1_000 * stamp.micros()) < greetingRawNanos
                && arrival.beganNanos() - lastHeldNanos < RELEASED_NANOS;
    }

    private void observe(ReaderTime stamp, Arrival arrival, OptionalLong notBeforeRawNanos) {
        if (stamp.base() == ReaderTime.Base.NONE) {
            return;
        }
        ReaderClock clock = clocks.computeIfAbsent(stamp.base(), base -> newClock());
        long raw = time.rawOfMonotonic(arrival.beganNanos());
        if (notBeforeRawNanos.isPresent()) {
            clock.observe(1_000 * stamp.micros(), raw, notBeforeRawNanos.getAsLong());
        } else {
            clock.observe(1_000 * stamp.micros(), raw);
        }
    }

    private ReaderClock newClock() {
        ReaderClock clock = new ReaderClock(WINDOW_NANOS, QUANTUM_NANOS);
        quickestAnswerNanos.ifPresent(clock::answered);
        return clock;
    }

    /** By how much a message came late although this host looked for it. */
    private long late(long expectedRawNanos, Arrival arrival) {
        long late = time.rawOfMonotonic(arrival.sinceNanos()) - expectedRawNanos;
        return late > LATE_NANOS ? late : 0;
    }

    /** When the reader took this stamp, which has been {@link #heard}. */
    Moment of(ReaderTime stamp, Arrival arrival) {
        @Nullable ReaderClock clock = clocks.get(stamp.base());
        if (clock == null) {
            return new Moment(arrival.beganNanos(), NO_TIME_NANOS);
        }
        long reader = 1_000 * stamp.micros();
        // What was held back is not observed, and may be younger than all that was.
        long expectedNanos = clock.expectedArrival(reader);
        long uncertainty = clock.map(reader).uncertaintyNanos();
        output.learned(new Vital.ReaderOffset(reader - expectedNanos, uncertainty));
        long moment = Math.min(time.monotonicOfRaw(expectedNanos), arrival.beganNanos());
        long doubt = releasing ? setNanos : late(expectedNanos, arrival);
        return new Moment(moment, uncertainty + doubt + time.bendNanos(expectedNanos));
    }
}
