package org.matgate.gateway.reader;

import java.util.Arrays;

/**
 * When an R2000 module saw a chip. It has no clock, and says what it sees when it sees it: the moment is when the report
 * began to come in, for the time of its own bytes on the wire is taken off, and no chip was seen after that.
 *
 * <p>The moment may be too late by what lay between: the time since this host had last looked, what the report waited for
 * those before it, and what the way itself takes.
 *
 * <p>On a network a packet that was lost is sent again after {@value #AGAIN_MILLIS} ms or more, and what was said
 * meanwhile comes with it, all at once. So a report that comes after so long a silence, and what follows it, may have been
 * made at any time in it, but not before its round was asked for: rounds of the usual length, and a mat on which chips are
 * seen all the time, pay nothing for that.
 *
 * <p>Not thread-safe.
 */
final class R2000Time {
    /** UART, adapter and driver, with an adapter's latency timer at 1 ms. */
    private static final long SERIAL_NANOS = 2_000_000L;

    /** A network, and the module on the reader's side that gathers serial bytes into packets, until it was measured. */
    private static final long TCP_NANOS = 30_000_000L;

    /** The least of those: a module that gathers bytes does so for some milliseconds, as it happens. */
    private static final long TCP_LEAST_NANOS = 5_000_000L;

    /** Answers of late whose median counts: one that a stall held back does not matter. */
    private static final int ANSWERS = 5;

    /** Reports that follow each other closer have queued. */
    private static final long PAUSE_NANOS = 1_000_000L;

    /** What a module keeps of reports that wait for the wire: eight of them. */
    private static final long QUEUE_NANOS = 15_000_000L;

    /** No TCP sends again sooner: Linux and the usual converters begin at 200 ms, others at a second. */
    private static final long AGAIN_MILLIS = 190;

    private static final long AGAIN_NANOS = AGAIN_MILLIS * 1_000_000L;

    private final boolean onNetwork;
    private final long[] answers = new long[ANSWERS];
    private int answered;
    private long wayNanos;
    private long queueBeganNanos;
    private long endedNanos;
    /** What comes from now on was made after this. */
    private long madeAfterNanos;
    /** The last frame came after this. */
    private long heardNanos;
    /** What comes may be as old as this; in the far future where it is not held up. */
    private long heldUpSinceNanos = Long.MAX_VALUE;

    R2000Time(boolean onNetwork) {
        this.onNetwork = onNetwork;
        this.wayNanos = onNetwork ? TCP_NANOS : SERIAL_NANOS;
    }

    /** A new link: the way is another. */
    void opened(long nowNanos) {
        madeAfter(nowNanos);
        answered = 0;
        wayNanos = onNetwork ? TCP_NANOS : SERIAL_NANOS;
    }

    /** A module that did nothing is asked for a round. */
    void asked(long nowNanos) {
        madeAfter(nowNanos);
    }

    private void madeAfter(long nanos) {
        madeAfterNanos = nanos;
        heldUpSinceNanos = Long.MAX_VALUE;
    }

    /** A frame of any kind came; to be told of each, in order. */
    void heard(Arrival arrival) {
        long silentSinceNanos = Math.max(heardNanos, madeAfterNanos);
        if (onNetwork && arrival.beganNanos() - silentSinceNanos >= AGAIN_NANOS) {
            heldUpSinceNanos = Math.min(heldUpSinceNanos, silentSinceNanos);
        }
        heardNanos = arrival.sinceNanos();
    }

    /**
     * The module has answered something that takes it no time. An answer goes the way that a report goes, and the
     * question another: together they take longer than the report alone.
     */
    void answered(long askedNanos, Arrival arrival) {
        answers[answered % ANSWERS] = arrival.beganNanos() - askedNanos;
        answered++;
        if (onNetwork) {
            long[] sorted = Arrays.copyOf(answers, Math.min(answered, ANSWERS));
            Arrays.sort(sorted);
            long usual = sorted[answered < ANSWERS ? sorted.length - 1 : ANSWERS / 2];
            wayNanos = Math.max(TCP_LEAST_NANOS, SERIAL_NANOS + usual);
        }
    }

    /**
     * How far a read's moment, which is when its report began to arrive, may be off; told of every report in order, after
     * it was {@link #heard}.
     */
    long uncertaintyNanos(Arrival arrival) {
        if (arrival.beganNanos() - endedNanos > PAUSE_NANOS) {
            queueBeganNanos = arrival.beganNanos();
        }
        endedNanos = arrival.endedNanos();
        long queued = Math.clamp(arrival.beganNanos() - queueBeganNanos, 0, QUEUE_NANOS);
        long since = Math.min(arrival.sinceNanos(), heldUpSinceNanos);
        return wayNanos + queued + arrival.beganNanos() - since;
    }
}
