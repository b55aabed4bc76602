package org.matgate.gateway.reader;

import java.util.ArrayList;
import java.util.List;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.reader.Dialogue.Need;
import org.matgate.gateway.reader.LlrpRequest.Step;
import org.matgate.protocol.llrp.LlrpCommand;
import org.matgate.protocol.llrp.LlrpEvent;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpStatus;
import org.matgate.protocol.reader.FamilyMessage;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Gap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings an LLRP reader from whatever it does to reading. A reader that reads for us already, since the connection was
 * lost or this process began anew, is not disturbed: it is asked for what it kept meanwhile, and goes on. Nor is it told
 * to stop at the end: it reads on and keeps what it reads for whoever comes next with the same configuration.
 */
final class LlrpSession implements ReaderSession {
    private static final Logger LOG = LoggerFactory.getLogger(LlrpSession.class);

    /** A reader greets at once; one that has just started takes its time. */
    static final long GREETING_NANOS = 10_000_000_000L;

    /** So long without a word, three signs of life, it is gone. */
    static final long SILENCE_NANOS = 7_000_000_000L;

    /** So long without a word, it is asked something: its signs of life are switched off, or nobody wants to hear them. */
    private static final long QUIET_NANOS = 3_000_000_000L;

    /** A reader that stops reading within so long of its beginning would be told to begin again and again. */
    private static final long SOON_NANOS = 5_000_000_000L;

    /** So often, and only a wait can help; once may be an older order that ended late. */
    private static final int MOST_SOON_OVER = 4;

    private static final long GOODBYE_NANOS = 300_000_000L;

    private enum State {
        CLOSED,
        GREETING,
        CONFIGURING,
        READING,
        STOPPING
    }

    private final Config.Reader reader;
    private final SessionOutput output;
    private final LlrpTime time;
    private final Dialogue<LlrpRequest> dialogue;
    private final LlrpLeftovers leftovers = new LlrpLeftovers();
    private final FaultWatch faults = new FaultWatch();
    private final List<String> wishesDenied = new ArrayList<>();
    private LlrpPlan plan;
    private State state = State.CLOSED;
    private long sinceNanos;
    private long heardNanos;
    private long begunNanos;
    private int soonOver;
    private final LlrpUpkeep upkeep;

    LlrpSession(Config.Reader reader, RawTime rawTime, SessionOutput output) {
        this.reader = reader;
        this.output = output;
        this.time = new LlrpTime(rawTime, output);
        this.dialogue = new Dialogue<>(request -> output.send(request.encode()));
        this.plan = new LlrpPlan(reader);
        this.upkeep = new LlrpUpkeep(reader.antennas(), output, dialogue, plan);
    }

    @Override
    public void opened(long nowNanos) {
        plan = new LlrpPlan(reader);
        state = State.GREETING;
        soonOver = 0;
        sinceNanos = nowNanos;
        heardNanos = nowNanos;
        faults.clear();
        wishesDenied.clear();
        upkeep.reset(plan);
        leftovers.clear();
        time.opened();
        output.phase(ReaderPhase.CONNECTING, "connected; waiting for the reader's greeting", nowNanos);
    }

    @Override
    public void message(ReaderMessage message, Arrival arrival) {
        if (state == State.CLOSED && !(message instanceof LlrpMessage.RoAccessReport)) {
            return;
        }
        heardNanos = arrival.endedNanos();
        switch (message) {
            case LlrpMessage.RoAccessReport report -> report.reports().forEach(read -> read(read, arrival));
            case LlrpMessage.Keepalive alive -> output.send(new LlrpCommand.KeepaliveAck(alive.id()).encode());
            case LlrpMessage.ReaderEvent event -> event(event, arrival);
            case LlrpMessage reply -> reply(reply, arrival);
            case TagReport read -> read(read, arrival);
            case FamilyMessage other -> throw new IllegalArgumentException("an LLRP reader does not say " + other);
        }
    }

    private void read(TagReport report, Arrival arrival) {
        if (leftovers.has(report, arrival.endedNanos())) {
            return;
        }
        time.heard(report.time(), arrival);
        LlrpTime.Moment moment = time.of(report.time(), arrival);
        output.read(report, moment.monotonicNanos(), moment.uncertaintyNanos(), arrival.endedNanos());
        upkeep.read();
    }

    private void event(LlrpMessage.ReaderEvent event, Arrival arrival) {
        long now = arrival.endedNanos();
        ReaderTime stamp = stamp(event);
        LlrpEvent.ConnectionAttempt attempt =
                event.first(LlrpEvent.ConnectionAttempt.class).orElse(null);
        if (attempt != null && state == State.GREETING) {
            greeted(attempt, stamp, arrival);
            return;
        }
        if (stamp.base() != ReaderTime.Base.NONE) {
            time.heard(stamp, arrival);
        }
        event.first(LlrpEvent.Antenna.class)
                .ifPresent(antenna -> upkeep.antenna(antenna.antenna(), antenna.connected(), now));
        event.first(LlrpEvent.BufferLevel.class).ifPresent(level -> bufferLevel(level.percent(), now));
        event.first(LlrpEvent.BufferOverflow.class)
                .ifPresent(overflow ->
                        output.gap(Gap.Cause.READER_OVERFLOW, 0, "the reader's own buffer has overflowed", now));
        event.first(LlrpEvent.ReaderException.class).ifPresent(exception -> fault(exception.message(), now));
        event.first(LlrpEvent.ConnectionClose.class)
                .ifPresent(close -> output.reconnect("the reader closes the connection"));
        event.first(LlrpEvent.RoSpec.class).ifPresent(spec -> roSpec(spec, now));
        if (attempt != null && attempt.status() == LlrpEvent.ConnectionAttempt.ANOTHER_ATTEMPTED) {
            LOG.warn("reader {}: {}", reader.source().reader(), attempt.text());
        }
    }

    private static ReaderTime stamp(LlrpMessage.ReaderEvent event) {
        return event.first(LlrpEvent.UtcTimestamp.class)
                .map(utc -> new ReaderTime(ReaderTime.Base.UTC, utc.micros()))
                .or(() -> event.first(LlrpEvent.Uptime.class)
                        .map(uptime -> new ReaderTime(ReaderTime.Base.UPTIME, uptime.micros())))
                .orElse(ReaderTime.NONE);
    }

    private void greeted(LlrpEvent.ConnectionAttempt attempt, ReaderTime stamp, Arrival arrival) {
        if (attempt.status() != LlrpEvent.ConnectionAttempt.SUCCESS) {
            state = State.CLOSED;
            output.reconnect(attempt.text());
            return;
        }
        time.greeted(stamp, arrival);
        configure("greeted", arrival.endedNanos());
    }

    private void configure(String why, long nowNanos) {
        state = State.CONFIGURING;
        output.phase(ReaderPhase.CONFIGURING, why, nowNanos);
        dialogue.begin(plan.introduction(), nowNanos);
    }

    private void reply(LlrpMessage reply, Arrival arrival) {
        dialogue.asked().filter(request -> request.answeredBy(reply)).ifPresent(request -> {
            time.answered(dialogue.askedNanos(), arrival);
            answered(request, reply, arrival.endedNanos());
        });
        if (reply instanceof LlrpMessage.Reply goodbye
                && goodbye.to() == LlrpMessage.Reply.To.CLOSE_CONNECTION
                && state == State.STOPPING) {
            output.ended();
        }
    }

    private void answered(LlrpRequest request, LlrpMessage message, long nowNanos) {
        LlrpStatus status = message instanceof LlrpMessage.Reply reply
                ? reply.status()
                : ((LlrpMessage.VendorReply) message).status();
        if (!status.ok()) {
            refused(request, status.text(), nowNanos);
            return;
        }
        if (message instanceof LlrpMessage.Reply reply) {
            understood(request, reply, nowNanos);
        }
        dialogue.next(nowNanos);
    }

    private void understood(LlrpRequest request, LlrpMessage.Reply reply, long nowNanos) {
        switch (request.step()) {
            case CAPABILITIES -> {
                plan.can(reply);
                output.learned(plan.identity());
                plan.acquaintance().forEach(next -> dialogue.later(next, nowNanos));
            }
            case ROSPECS -> roSpecs(reply, nowNanos);
            case ENABLE -> began(nowNanos);
            case ANTENNAS, TEMPERATURE -> upkeep.heard(reply, nowNanos);
            case EXTENSIONS, SETTING, ADD_WITH_EXTRAS, PURGE -> {}
        }
    }

    private void roSpecs(LlrpMessage.Reply reply, long nowNanos) {
        time.released(nowNanos);
        boolean readForUs = LlrpPlan.readForUs(reply);
        if (readForUs && output.looksOnly()) {
            wishesDenied.add("reads already, and " + ReaderStatus.KEEPS_FOR_THE_SERVICE);
            began(nowNanos);
            return;
        }
        if (!readForUs) {
            leftovers.released(nowNanos);
        }
        // Before anything else is changed: what it kept are reads of ours. And one that another client has told to hold
        // would tell nothing on this connection, whatever it is told to read.
        output.send(plan.release().encode());
        if (plan.reads(reply)) {
            began(nowNanos);
        } else {
            plan.setUp().forEach(next -> dialogue.later(next, nowNanos));
        }
    }

    private void refused(LlrpRequest request, String why, long nowNanos) {
        if (request.step() == Step.ADD_WITH_EXTRAS) {
            wishesDenied.add(request.what() + ": " + why);
            dialogue.first(plan.addPlain());
        } else if (request.step() == Step.TEMPERATURE) {
            upkeep.noTemperature();
        } else if (request.need() == Need.WISHED) {
            wishesDenied.add(request.what() + ": " + why);
        } else if (request.need() == Need.REQUIRED) {
            state = State.CLOSED;
            dialogue.clear();
            output.reconnect(request.what() + ": " + why);
            return;
        }
        dialogue.next(nowNanos);
    }

    private void began(long nowNanos) {
        state = State.READING;
        begunNanos = nowNanos;
        plan.regionProblem().ifPresent(wishesDenied::add);
        tellReading(nowNanos);
        upkeep.begin(nowNanos);
    }

    private void tellReading(long nowNanos) {
        String model = plan.identity().model();
        if (wishesDenied.isEmpty()) {
            output.phase(ReaderPhase.READING, model, nowNanos);
        } else {
            output.phase(ReaderPhase.DEGRADED, model + ", " + String.join(", ", wishesDenied), nowNanos);
        }
    }

    private void bufferLevel(int percent, long nowNanos) {
        fault("its buffer is " + percent + " % full", nowNanos);
        upkeep.bufferLevel(percent, nowNanos);
    }

    private void fault(String what, long nowNanos) {
        if (state == State.READING && faults.heard(nowNanos)) {
            output.phase(ReaderPhase.DEGRADED, plan.identity().model() + ", " + what, nowNanos);
        }
    }

    private void roSpec(LlrpEvent.RoSpec spec, long nowNanos) {
        if (state == State.READING && spec.type() != LlrpEvent.RoSpec.STARTED) {
            soonOver = nowNanos - begunNanos < SOON_NANOS ? soonOver + 1 : 0;
            if (soonOver >= MOST_SOON_OVER) {
                giveUp("it stops as soon as it has begun to read");
                return;
            }
            wishesDenied.clear();
            configure("the reader has stopped reading", nowNanos);
        }
    }

    @Override
    public void damaged(long nowNanos) {}

    @Override
    public void tick(long nowNanos) {
        if (state == State.CLOSED) {
            return;
        }
        if (state == State.GREETING) {
            if (nowNanos - sinceNanos >= GREETING_NANOS) {
                giveUp("no greeting within 10 s: is that an LLRP reader?");
            }
            return;
        }
        if (state == State.STOPPING) {
            if (nowNanos - sinceNanos >= GOODBYE_NANOS) {
                output.ended();
            }
            return;
        }
        dialogue.tick(nowNanos).ifPresent(request -> refused(request, "no answer", nowNanos));
        if (state == State.CONFIGURING && dialogue.asked().isEmpty()) {
            giveUp("its answers lead nowhere");
        } else if (state == State.READING) {
            reading(nowNanos);
        }
    }

    private void reading(long nowNanos) {
        if (nowNanos - heardNanos >= SILENCE_NANOS) {
            giveUp("no sign of life for 7 s");
            return;
        }
        if (nowNanos - heardNanos >= QUIET_NANOS) {
            upkeep.askAgain(nowNanos);
        }
        if (faults.over(nowNanos)) {
            tellReading(nowNanos);
        }
        upkeep.tick(nowNanos);
    }

    private void giveUp(String why) {
        state = State.CLOSED;
        dialogue.clear();
        output.reconnect(why);
    }

    @Override
    public void stop(long nowNanos) {
        if (state == State.CLOSED || state == State.GREETING) {
            output.ended();
            return;
        }
        state = State.STOPPING;
        sinceNanos = nowNanos;
        dialogue.clear();
        output.send(plan.goodbye().encode());
    }

    @Override
    public void closed(long nowNanos) {
        state = State.CLOSED;
        dialogue.clear();
    }
}
