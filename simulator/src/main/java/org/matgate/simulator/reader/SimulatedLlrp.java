package org.matgate.simulator.reader;

import java.util.List;
import org.matgate.protocol.llrp.LlrpCommand;
import org.matgate.protocol.llrp.LlrpCommandParser;
import org.matgate.protocol.llrp.LlrpConfig.EventNotificationState;
import org.matgate.protocol.llrp.LlrpConfig.KeepaliveSpec;
import org.matgate.protocol.llrp.LlrpEvent;
import org.matgate.protocol.llrp.LlrpEvent.ConnectionAttempt;
import org.matgate.protocol.llrp.LlrpMessage;
import org.matgate.protocol.llrp.LlrpMessage.Reply;
import org.matgate.protocol.llrp.LlrpStatus;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.Skipped;

/**
 * An LLRP reader. It greets whoever connects, does what its ROSpec says whether anybody listens or not, and while nobody
 * does keeps what it has to tell, if it was told to.
 */
final class SimulatedLlrp implements ReaderModel {
    private static final long MILLI = 1_000_000L;

    private final Outbox outbox;
    private final LlrpVoice voice;
    private final LlrpAbilities abilities;
    private final LlrpSettings settings;
    private final LlrpReports reports;
    private final LlrpRoSpec roSpec;
    private final FrameParser.Sink<LlrpCommand> commands = new Commands();
    private final LlrpAnswers answers;
    private final LlrpCondition condition = new LlrpCondition();
    private FrameParser<LlrpCommand> parser = new LlrpCommandParser();
    private long nowNanos;
    private boolean somebody;
    /** The connection is about to end: what else the host says is not heard. */
    private boolean leaving;

    private long keepaliveNanos = Long.MAX_VALUE;
    private int missedKeepalives;

    /**
     * @param originNanos when it is switched on, CLOCK_MONOTONIC
     * @param utcNanos the true UTC then, nanoseconds since 1970
     */
    SimulatedLlrp(LlrpOptions options, long originNanos, long utcNanos, Outbox outbox) {
        this.outbox = outbox;
        this.nowNanos = originNanos;
        this.voice = new LlrpVoice(options, originNanos, utcNanos, outbox);
        this.abilities = new LlrpAbilities(options);
        LlrpChecks checks = new LlrpChecks(options, abilities);
        this.settings = new LlrpSettings(options, abilities, checks);
        this.reports = new LlrpReports(options, settings, voice, abilities, outbox);
        this.roSpec = new LlrpRoSpec(settings, reports, voice);
        this.answers = new LlrpAnswers(options, voice, abilities, checks, settings, reports, roSpec, condition);
    }

    @Override
    public void heard(byte[] bytes, int length, long now) {
        advance(now);
        if (!leaving) {
            parser.parse(bytes, 0, length, commands);
        }
    }

    @Override
    public void listenerChanged(boolean now) {
        somebody = now;
        outbox.listenerChanged();
        parser = new LlrpCommandParser();
        leaving = false;
        answers.listenerChanged();
        keepalivesBegin();
        if (settings.hold()) {
            outbox.hold();
        } else {
            outbox.release();
        }
        if (somebody) {
            voice.greet(new ConnectionAttempt(ConnectionAttempt.SUCCESS), nowNanos);
        }
    }

    @Override
    public void turnedAway() {
        if (somebody) {
            voice.tell(new ConnectionAttempt(ConnectionAttempt.ANOTHER_ATTEMPTED), nowNanos);
        }
    }

    private void keepalivesBegin() {
        missedKeepalives = 0;
        boolean on = somebody && settings.keepalive().trigger() == KeepaliveSpec.PERIODIC;
        keepaliveNanos = on ? nowNanos + settings.keepalive().periodMillis() * MILLI : Long.MAX_VALUE;
    }

    private final class Commands implements FrameParser.Sink<LlrpCommand> {
        @Override
        public void message(LlrpCommand command, FramePosition position) {
            if (!leaving) {
                hear(command);
            }
        }

        @Override
        public void skipped(Skipped skipped) {
            if (!leaving) {
                voice.say(Reply.of(
                        0, Reply.To.UNINTELLIGIBLE, LlrpStatus.of(LlrpStatus.PARAMETER_ERROR, "that is no message")));
                leave();
            }
        }
    }

    private void leave() {
        leaving = true;
        outbox.hangUp();
    }

    private void hear(LlrpCommand command) {
        answers.to(command, nowNanos);
        switch (command) {
            case LlrpCommand.SetReaderConfig c -> {
                outbox.keep(settings.hold());
                keepalivesBegin();
            }
            case LlrpCommand.CloseConnection c -> leave();
            case LlrpCommand.EnableEventsAndReports c -> outbox.release();
            case LlrpCommand.KeepaliveAck c -> missedKeepalives = 0;
            default -> {
                // What else it is told has no bearing on the connection.
            }
        }
    }

    @Override
    public void poweredOn(long now) {
        nowNanos = Math.max(nowNanos, now);
        settings.reset();
        outbox.release();
        outbox.keep(false);
        voice.poweredOn(now);
        roSpec.poweredOn();
        reports.poweredOn();
        condition.hot = false;
        keepaliveNanos = Long.MAX_VALUE;
        if (somebody) {
            leave();
        }
    }

    @Override
    public void antennaCut(int antenna, boolean nowCut, long now) {
        advance(now);
        condition.cut.set(antenna, nowCut);
        if (settings.wants(EventNotificationState.ANTENNA) && abilities.hasAntenna(antenna)) {
            int type = nowCut ? LlrpEvent.Antenna.DISCONNECTED : LlrpEvent.Antenna.CONNECTED;
            voice.happened(new LlrpEvent.Antenna(type, antenna), nowNanos);
        }
    }

    @Override
    public void tooHot(boolean now, long monotonicNanos) {
        advance(monotonicNanos);
        if (now && !condition.hot && settings.wants(EventNotificationState.READER_EXCEPTION)) {
            voice.happened(
                    new LlrpEvent.ReaderException("Too hot: RF is off until the reader has cooled", List.of()),
                    nowNanos);
        }
        condition.hot = now;
    }

    @Override
    public void advance(long now) {
        if (now <= nowNanos) {
            return;
        }
        nowNanos = now;
        roSpec.advance(now);
        reports.advance(now);
        if (keepaliveNanos <= now) {
            keepalive();
        }
    }

    private void keepalive() {
        keepaliveNanos = nowNanos + settings.keepalive().periodMillis() * MILLI;
        if (settings.mostMissed().isPresent()
                && missedKeepalives >= settings.mostMissed().get()) {
            keepaliveNanos = Long.MAX_VALUE;
            leave();
            return;
        }
        missedKeepalives++;
        voice.say(new LlrpMessage.Keepalive(voice.nextId()));
    }

    @Override
    public long nextDueNanos() {
        return Math.min(keepaliveNanos, Math.min(roSpec.nextDueNanos(), reports.nextDueNanos()));
    }

    @Override
    public boolean waiting() {
        return reports.gathered() > 0;
    }

    @Override
    public boolean reading() {
        return roSpec.active();
    }

    @Override
    public Seen sighted(Sighting sighting) {
        advance(sighting.monotonicNanos());
        boolean sees = abilities.hasAntenna(sighting.antenna())
                && roSpec.searches(sighting.antenna(), sighting.monotonicNanos());
        if (condition.hot || condition.cut.get(sighting.antenna()) || !sees) {
            return Seen.IGNORED;
        }
        return reports.take(sighting, nowNanos);
    }
}
