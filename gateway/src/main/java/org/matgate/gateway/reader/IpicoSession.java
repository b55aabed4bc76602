package org.matgate.gateway.reader;

import java.util.List;
import org.matgate.gateway.clock.ReaderClock;
import org.matgate.protocol.ipico.IpicoMessage;
import org.matgate.protocol.reader.FamilyMessage;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to an IPICO reader, which reads whether it is asked to or not. It is asked to report every sighting, and then
 * now and again for its clock: one that has answered once and no longer does is gone. One that answers nothing may be a
 * reader whose line goes one way only; that it says nothing means that it sees no chip. What is known of its clock
 * outlives a link, since the reader does.
 */
final class IpicoSession implements ReaderSession {
    private static final Logger LOG = LoggerFactory.getLogger(IpicoSession.class);

    /** Lines are late by up to 70 ms and more in bursts: half a minute holds some that were not. */
    private static final long WINDOW_NANOS = 30_000_000_000L;

    private static final long QUANTUM_NANOS = 10_000_000L;

    /** A line without a time says only that the reader sent it a moment ago. */
    private static final long NO_TIME_UNCERTAINTY_NANOS = 100_000_000L;

    private static final long POLL_NANOS = 5_000_000_000L;

    /** So long without any line, one that answers is gone: three polls. */
    static final long SILENCE_NANOS = 3 * POLL_NANOS;

    /** So much damage and not one good line: the line has another rate. A few bytes may be half a line. */
    private static final int MOST_DAMAGE = 5;

    private static final String MODEL = "IPICO reader";

    private final String name;
    private final RawTime time;
    private final SessionOutput output;
    private final ReaderClock clock = new ReaderClock(WINDOW_NANOS, QUANTUM_NANOS);
    private final IpicoTurns turns = new IpicoTurns();
    private final Repeats rejections;
    private final Dialogue<IpicoRequest> dialogue;
    private boolean open;
    private boolean answers;
    private long heardNanos;
    private boolean understood;
    private int damage;

    IpicoSession(String name, RawTime time, SessionOutput output) {
        this.name = name;
        this.time = time;
        this.output = output;
        this.rejections = new Repeats(LOG, "reader " + name);
        this.dialogue = new Dialogue<>(request -> output.send(request.encode()));
    }

    @Override
    public void opened(long nowNanos) {
        open = true;
        answers = false;
        understood = false;
        damage = 0;
        heardNanos = nowNanos;
        clock.newLink();
        turns.begin(nowNanos);
        output.phase(ReaderPhase.READING, MODEL, nowNanos);
        output.learned(new Vital.Identity(MODEL, ""));
        dialogue.begin(List.of(IpicoRequest.RAW, IpicoRequest.CLOCK), nowNanos);
    }

    @Override
    public void message(ReaderMessage message, Arrival arrival) {
        heardNanos = arrival.endedNanos();
        switch (message) {
            case TagReport report -> {
                understood = true;
                read(report, arrival);
            }
            case IpicoMessage.Control control -> {
                understood = true;
                control(control, arrival);
            }
            case IpicoMessage.Blank blank -> LOG.trace("reader {} says {}", name, blank);
            case FamilyMessage other -> throw new IllegalArgumentException("an IPICO reader does not say " + other);
        }
    }

    private void read(TagReport report, Arrival arrival) {
        if (report.time().base() != ReaderTime.Base.CIVIL) {
            output.read(report, arrival.beganNanos(), NO_TIME_UNCERTAINTY_NANOS, arrival.endedNanos());
            return;
        }
        long reader = 1_000 * report.time().micros();
        clock.observe(reader, time.rawOfMonotonic(arrival.beganNanos()));
        ReaderClock.Mapped mapped = clock.map(reader);
        long moment = Math.min(time.monotonicOfRaw(mapped.rawNanos()), arrival.beganNanos());
        output.learned(new Vital.ReaderOffset(reader - mapped.rawNanos(), mapped.uncertaintyNanos()));
        output.read(report, moment, mapped.uncertaintyNanos(), arrival.endedNanos());
    }

    private void control(IpicoMessage.Control control, Arrival arrival) {
        long nowNanos = arrival.endedNanos();
        LOG.debug("reader {} says {}", name, control);
        dialogue.asked().filter(request -> request.answeredBy(control)).ifPresent(request -> {
            answers = true;
            clock.answered(arrival.beganNanos() - dialogue.askedNanos());
            control.clock().ifPresent(told -> told(told, arrival));
            if (control.rejected() && request.equals(IpicoRequest.RAW)) {
                output.phase(
                        ReaderPhase.DEGRADED,
                        MODEL + ", does not turn off its own filter: not every sighting may be reported",
                        nowNanos);
            }
            dialogue.next(nowNanos);
            if (dialogue.asked().isEmpty() && turns.near(nowNanos)) {
                dialogue.ask(IpicoRequest.CLOCK, nowNanos);
            }
        });
        if (control.rejected()) {
            rejections.failed("rejects a command: " + control);
        }
    }

    private void told(ReaderTime told, Arrival arrival) {
        turns.told(told.micros(), dialogue.askedNanos(), arrival)
                .ifPresent(turn -> clock.observe(
                        1_000 * turn.readerMicros(),
                        time.rawOfMonotonic(arrival.beganNanos()),
                        time.rawOfMonotonic(turn.notBeforeNanos())));
    }

    @Override
    public void damaged(long nowNanos) {
        damage++;
        if (open && !understood && damage >= MOST_DAMAGE && output.lineBaud().isPresent()) {
            output.reconnect("nothing but garbage at " + output.lineBaud().getAsInt() + " baud");
        }
    }

    @Override
    public void tick(long nowNanos) {
        if (!open) {
            return;
        }
        dialogue.tick(nowNanos).ifPresent(unanswered -> dialogue.next(nowNanos));
        boolean due = turns.wanted(nowNanos) || nowNanos - dialogue.askedNanos() >= POLL_NANOS;
        if (dialogue.asked().isEmpty() && due) {
            dialogue.ask(IpicoRequest.CLOCK, nowNanos);
        }
        if (answers && nowNanos - heardNanos >= SILENCE_NANOS) {
            open = false;
            output.reconnect("no sign of life for " + SILENCE_NANOS / 1_000_000_000L + " s");
        }
    }

    @Override
    public void stop(long nowNanos) {
        open = false;
        output.ended();
    }

    @Override
    public void closed(long nowNanos) {
        open = false;
        dialogue.clear();
    }
}
