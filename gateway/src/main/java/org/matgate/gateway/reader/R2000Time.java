package org.matgate.gateway.reader;

import java.util.Arrays;

/**
 * When an R2000 module saw a chip. It has no clock, and says what it sees when it sees it: the moment is when the report
 * began to come in, for the time of its own bytes on the wire is taken off, and no chip was seen after that.
 *
 * <p>The moment may be too late by what lay between: the time since this host had last looked, what the report waited for
 * those before it, and what the way itself takes.
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

    private final boolean onNetwork;
    private final long[] answers = new long[ANSWERS];
    private int answered;
    private long wayNanos;
    private long queueBeganNanos;
    private long endedNanos;

    R2000Time(boolean onNetwork) {
        this.onNetwork = onNetwork;
        this.wayNanos = onNetwork ? TCP_NANOS : SERIAL_NANOS;
    }

    /** A new link: the way is another. */
    void opened() {
        answered = 0;
        wayNanos = onNetwork ? TCP_NANOS : SERIAL_NANOS;
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

    /** How far a read's moment, which is when its report began to arrive, may be off; told of every report in order. */
    long uncertaintyNanos(Arrival arrival) {
        if (arrival.beganNanos() - endedNanos > PAUSE_NANOS) {
            queueBeganNanos = arrival.beganNanos();
        }
        endedNanos = arrival.endedNanos();
        long queued = Math.clamp(arrival.beganNanos() - queueBeganNanos, 0, QUEUE_NANOS);
        return wayNanos + queued + arrival.beganNanos() - arrival.sinceNanos();
    }
}
