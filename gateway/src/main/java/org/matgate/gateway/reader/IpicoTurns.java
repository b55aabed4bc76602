package org.matgate.gateway.reader;

import java.util.Optional;

/**
 * Finds out when the seconds of an IPICO reader's clock turn, of which it tells only whole ones when asked: it is asked at
 * each tick until one turns, a second at most, and then, around the next turn, as fast as it answers. Between the question
 * that was answered by the old second and the answer that tells the new one the second turned: so its clock is known to
 * some milliseconds before the first chip comes.
 *
 * <p>Moments are on CLOCK_MONOTONIC, in nanoseconds. Not thread-safe.
 */
final class IpicoTurns {
    private static final long SECOND_MICROS = 1_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;

    /** By how much it is asked before the turn that is expected, and after it. */
    private static final long NEAR_NANOS = 100_000_000L;

    /** After so long without success, questions and answers take too long, or its clock stands still. */
    private static final long PATIENCE_NANOS = 2_500_000_000L;

    /** Two answers further apart tell too little of the turn between them. */
    private static final long WIDEST_NANOS = 150_000_000L;

    private static final int MOST_AT_ONCE = 200;

    private long begunNanos;
    private boolean done = true;
    private boolean seen;
    private long lastMicros;
    private long lastAskedNanos;
    private boolean answered;
    private long expectedNanos;
    private int atOnce;

    /**
     * A second that turned.
     *
     * @param readerMicros the new second on the reader's clock
     * @param notBeforeNanos it did not turn before this
     */
    record Turn(long readerMicros, long notBeforeNanos) {}

    /** A new link: all is to be found out, once the reader has answered. */
    void begin(long nowNanos) {
        begunNanos = nowNanos;
        done = false;
        seen = false;
        answered = false;
        atOnce = 0;
    }

    /** The reader has told this second, asked for it then. @return the turn that lies between this answer and the last */
    Optional<Turn> told(long readerMicros, long askedNanos, Arrival arrival) {
        if (!answered) {
            begunNanos = arrival.endedNanos();
        }
        boolean turned = answered
                && readerMicros - lastMicros == SECOND_MICROS
                && arrival.beganNanos() - lastAskedNanos <= WIDEST_NANOS;
        Turn turn = new Turn(readerMicros, lastAskedNanos);
        answered = true;
        lastMicros = readerMicros;
        lastAskedNanos = askedNanos;
        if (!turned) {
            return Optional.empty();
        }
        done = seen;
        seen = true;
        expectedNanos = arrival.beganNanos() + SECOND_NANOS;
        return Optional.of(turn);
    }

    /** Whether the reader's clock is to be asked for at this tick. */
    boolean wanted(long nowNanos) {
        if (done || !answered) {
            return false;
        }
        done = nowNanos - begunNanos > PATIENCE_NANOS;
        return !done && (!seen || nowNanos >= expectedNanos - NEAR_NANOS);
    }

    /** Whether it is to be asked for at once, now that it has answered. */
    boolean near(long nowNanos) {
        if (done || !seen || Math.abs(nowNanos - expectedNanos) > NEAR_NANOS || atOnce >= MOST_AT_ONCE) {
            return false;
        }
        atOnce++;
        return true;
    }
}
