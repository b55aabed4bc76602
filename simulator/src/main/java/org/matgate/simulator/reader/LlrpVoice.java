package org.matgate.simulator.reader;

import java.util.List;
import org.matgate.protocol.llrp.LlrpEvent;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpTag;

/** What an LLRP reader says by itself: with its own clock, and numbers of its own. */
final class LlrpVoice {
    private final boolean utcClock;
    private final double driftPpm;
    private final Oscillator calendar;
    /** What its calendar shows when that oscillator counts 0, nanoseconds since 1970. */
    private final long utcAtZero;

    private final Outbox outbox;
    private Oscillator uptime;
    private long lastId;

    /** @param originNanos when it is switched on, CLOCK_MONOTONIC, which is {@code utcNanos} by true UTC */
    LlrpVoice(LlrpOptions options, long originNanos, long utcNanos, Outbox outbox) {
        this.utcClock = options.utcClock();
        this.driftPpm = options.driftPpm();
        this.calendar = new Oscillator(originNanos, driftPpm);
        this.utcAtZero = utcNanos + options.clockOffsetNanos();
        this.outbox = outbox;
        this.uptime = calendar;
    }

    /** Its calendar goes on while it is off; all else begins anew. */
    void poweredOn(long now) {
        uptime = new Oscillator(now, driftPpm);
        lastId = 0;
    }

    long nextId() {
        lastId = lastId + 1 & 0xFFFF_FFFFL;
        return lastId;
    }

    private long micros(long monotonicNanos) {
        long nanos = utcClock
                ? utcAtZero + calendar.readerNanos(monotonicNanos)
                : Math.max(0, uptime.readerNanos(monotonicNanos));
        return Math.floorDiv(nanos, 1000L);
    }

    LlrpTag firstSeen(long monotonicNanos) {
        return new LlrpTag.Field(
                utcClock ? LlrpTag.Field.Kind.FIRST_SEEN_UTC : LlrpTag.Field.Kind.FIRST_SEEN_UPTIME,
                micros(monotonicNanos));
    }

    LlrpTag lastSeen(long monotonicNanos) {
        return new LlrpTag.Field(
                utcClock ? LlrpTag.Field.Kind.LAST_SEEN_UTC : LlrpTag.Field.Kind.LAST_SEEN_UPTIME,
                micros(monotonicNanos));
    }

    /** To who listens now. */
    void say(LlrpMessage message) {
        outbox.other(message.encode());
    }

    /** To who listens now, before anything else. */
    void greet(LlrpEvent event, long now) {
        outbox.greeting(message(event, now));
    }

    /** To who listens now. */
    void tell(LlrpEvent event, long now) {
        outbox.other(message(event, now));
    }

    /** To whoever is told the reads, too. */
    void happened(LlrpEvent event, long now) {
        outbox.event(message(event, now));
    }

    private byte[] message(LlrpEvent event, long now) {
        LlrpEvent stamp = utcClock ? new LlrpEvent.UtcTimestamp(micros(now)) : new LlrpEvent.Uptime(micros(now));
        return new LlrpMessage.ReaderEvent(nextId(), new LlrpEvent.Data(List.of(stamp, event))).encode();
    }
}
