package org.matgate.gateway.reader;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a reader one thing after the other: the next only when the one before is answered or given up, and each again if
 * no answer comes in its time. What answers what, and what follows, is for the session to say. It does no I/O and reads
 * no clock. All moments are on CLOCK_MONOTONIC, in nanoseconds.
 *
 * <p>Not thread-safe.
 *
 * @param <R> what is asked
 */
final class Dialogue<R extends Dialogue.Request> {
    /** What is asked of a reader. */
    interface Request {
        /** The bytes that ask it. */
        byte[] encode();

        /** What follows if the reader says no, or nothing. */
        Need need();

        /** How long it may take to answer. */
        long waitNanos();

        /** How often it is asked, at least 1. */
        int tries();
    }

    /** What follows if a reader says no, or nothing. */
    enum Need {
        /** There is no reading without it. */
        REQUIRED,
        /** It reads, but not as it was told to. */
        WISHED,
        /** Nothing. */
        NONE
    }

    private final Consumer<R> sender;
    private final Deque<R> plan = new ArrayDeque<>();
    private @Nullable R asked;
    private int tries;
    private long askedNanos;

    /** @param sender puts a request on the wire */
    Dialogue(Consumer<R> sender) {
        this.sender = sender;
    }

    /** Forgets what was asked and what was to come, and asks these instead. */
    void begin(Collection<R> requests, long nowNanos) {
        plan.clear();
        plan.addAll(requests);
        next(nowNanos);
    }

    /** Asks nothing more. */
    void clear() {
        plan.clear();
        asked = null;
    }

    /** Puts this before what is to come. */
    void first(R request) {
        plan.addFirst(request);
    }

    /** Puts this behind what is to come; it is asked at once if nothing is out. */
    void later(R request, long nowNanos) {
        plan.addLast(request);
        if (asked == null) {
            next(nowNanos);
        }
    }

    /** What is out is settled: asks what comes next, if anything does. */
    void next(long nowNanos) {
        R request = plan.poll();
        asked = null;
        if (request != null) {
            ask(request, nowNanos);
        }
    }

    /** Asks this now, in place of what is out, as if for the first time. */
    void ask(R request, long nowNanos) {
        tries = 0;
        askAgain(request, nowNanos);
    }

    private void askAgain(R request, long nowNanos) {
        asked = request;
        tries++;
        askedNanos = nowNanos;
        sender.accept(request);
    }

    /** What is out and not answered yet. */
    Optional<R> asked() {
        return Optional.ofNullable(asked);
    }

    /** When something was asked last. */
    long askedNanos() {
        return askedNanos;
    }

    /** How often what is out was asked. */
    int tries() {
        return tries;
    }

    /**
     * Time goes by. Asks again what was not answered in its time.
     *
     * @return what was asked as often as it may be; it is still out, until the session settles it
     */
    Optional<R> tick(long nowNanos) {
        R request = asked;
        if (request == null || nowNanos - askedNanos < request.waitNanos()) {
            return Optional.empty();
        }
        if (tries >= request.tries()) {
            return Optional.of(request);
        }
        askAgain(request, nowNanos);
        return Optional.empty();
    }
}
