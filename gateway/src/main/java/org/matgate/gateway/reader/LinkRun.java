package org.matgate.gateway.reader;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.link.ReaderLink;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.Skipped;

/**
 * One link from its opening to its end: reads bytes, notes when they came, has them parsed and told to the session.
 * Not thread-safe.
 */
final class LinkRun implements FrameParser.Sink<ReaderMessage> {
    /** From this fill of the intake on, a reader that can wait (on TCP) is not read: its own buffers hold. */
    static final double HOLD_AT_FILL = 0.8;

    /** How long after {@link ReaderSession#stop} the reader is still listened to at most. */
    static final long LAST_WORDS_NANOS = 500_000_000L;

    /** The silence of {@link ReaderFamily#silenceNanos} where a family has none of its own: less than a reader's cycle. */
    static final long SILENCE_NANOS = 700_000_000L;

    private static final int BUFFER_BYTES = 4096;
    /** How long a look at the link waits for bytes of a reader that stamps by itself. */
    static final long WAIT_NANOS = 50_000_000L;

    private static final long TICK_NANOS = 50_000_000L;
    private static final long HOLD_NANOS = 5_000_000L;

    private final ReaderLink link;
    private final boolean canWait;
    private final FrameParser<? extends ReaderMessage> parser;
    private final long silenceNanos;
    private final long waitNanos;
    private final ReaderSession session;
    private final ReaderOutput output;
    private final BoxClock clock;
    private final ArrivalTrack track;
    private final Looks looks = new Looks();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long nowNanos;
    /** All that had arrived by then was taken before the present look. */
    private long lookedNanos;
    /** How long we have looked in vain since the last byte. */
    private long silentNanos;

    private long lastTickNanos;
    private boolean bytesSinceEnd;
    /** Whether the reader was not read for a while, and what waited meanwhile is not all read yet. */
    private boolean behind;

    private boolean stopTold;
    private long stopNanos;

    /** @param canWait whether the reader keeps what we do not read */
    LinkRun(
            ReaderLink link,
            boolean canWait,
            ReaderFamily family,
            ReaderSession session,
            ReaderOutput output,
            BoxClock clock) {
        this.link = link;
        this.canWait = canWait;
        this.parser = family.parser();
        this.silenceNanos = family.silenceNanos();
        this.waitNanos = family.waitNanos(canWait);
        this.session = session;
        this.output = output;
        this.clock = clock;
        this.track = new ArrivalTrack(link.nanosPerByte());
    }

    /**
     * Runs until the link breaks, the session gives it up, or all is said after a stop.
     *
     * @param openingNanos when the link was about to be opened: nothing that waits in it came before
     * @return why the link is over; empty after a stop
     */
    Optional<String> run(long openingNanos, BooleanSupplier stopping, DoubleSupplier fill, Waiter waiter) {
        nowNanos = clock.monotonicNanos();
        lookedNanos = openingNanos;
        lastTickNanos = nowNanos;
        long lookNanos = nowNanos;
        int greeting = canWait ? lookForGreeting() : 0;
        session.opened(nowNanos);
        Optional<String> reason = Optional.empty();
        try {
            take(greeting, lookNanos);
            while (output.broken().isEmpty()) {
                if (stopping.getAsBoolean() && !stopTold) {
                    stopTold = true;
                    stopNanos = clock.monotonicNanos();
                    session.stop(stopNanos);
                }
                if (canWait && !stopTold && fill.getAsDouble() >= HOLD_AT_FILL) {
                    behind = true;
                    waiter.await(HOLD_NANOS);
                    nowNanos = clock.monotonicNanos();
                } else if (step() == 0 && stopTold && output.hasEnded()) {
                    break;
                }
                if (stopTold && nowNanos - stopNanos >= LAST_WORDS_NANOS) {
                    break;
                }
                tick();
            }
            reason = output.broken();
        } catch (IOException e) {
            // A reader that was bidden goodbye may close the connection first.
            reason = stopTold && output.hasEnded() ? Optional.empty() : Optional.of(String.valueOf(e.getMessage()));
        }
        endParser();
        session.closed(nowNanos);
        return reason;
    }

    /**
     * A reader that greets tells its time, and how late we look is how uncertain that is: so before all else, as a service
     * that has just started takes its time for everything that it does first.
     */
    private int lookForGreeting() {
        try {
            return look();
        } catch (IOException e) {
            // The next look finds it broken, too, and tells.
            return 0;
        }
    }

    private int step() throws IOException {
        long lookNanos = nowNanos;
        int length = look();
        take(length, lookNanos);
        return length;
    }

    private int look() throws IOException {
        long lookNanos = nowNanos;
        int length = link.read(buffer, stopTold && output.hasEnded() ? 0 : waitNanos);
        nowNanos = clock.monotonicNanos();
        silentNanos += looks.look(nowNanos - lookNanos, waitNanos);
        return length;
    }

    /** Takes what a look found that began then. */
    private void take(int length, long lookNanos) {
        if (length > 0) {
            silentNanos = 0;
            bytesSinceEnd = true;
            track.piece(length, lookedNanos, looks.latenessNanos() + link.gatheredNanos(), nowNanos);
            parser.parse(buffer, 0, length, this);
            behind &= length == buffer.length;
        } else if (!canWait && bytesSinceEnd && silentNanos >= silenceNanos + 2 * track.handedOnLateNanos(nowNanos)) {
            endParser();
        }
        if (length < buffer.length) {
            lookedNanos = lookNanos;
        }
        behind &= length > 0;
    }

    private void endParser() {
        parser.end(this);
        track.restart();
        bytesSinceEnd = false;
    }

    private void tick() {
        // A reader that was not listened to has not been silent: closing its link would lose what waits in it.
        if (!behind && looks.fair() && nowNanos - lastTickNanos >= TICK_NANOS) {
            lastTickNanos = nowNanos;
            looks.ticked();
            session.tick(nowNanos);
        }
        output.teller().flush(nowNanos);
    }

    @Override
    public void message(ReaderMessage message, FramePosition position) {
        Arrival arrival = track.of(position);
        output.frame(arrival);
        session.message(message, arrival);
        output.frameDone();
    }

    @Override
    public void skipped(Skipped skipped) {
        output.skipped(skipped, nowNanos);
        session.damaged(nowNanos);
    }
}
