package org.matgate.simulator.reader;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.matgate.protocol.mercury.MercuryCommand;
import org.matgate.protocol.mercury.MercuryCommand.StartStreaming;
import org.matgate.protocol.mercury.MercuryCommandParser;
import org.matgate.protocol.mercury.MercuryMessage;
import org.matgate.protocol.mercury.MercuryStatus;
import org.matgate.protocol.mercury.MercuryTag;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.Skipped;
import org.matgate.protocol.reader.TagReport;

/**
 * A Mercury module. It streams until it is told to stop, whoever listens, and then answers nothing but what is meant
 * for a module that streams: a host that asks for the version is answered by the stream.
 */
final class SimulatedMercury implements ReaderModel {
    private static final long MILLI = 1_000_000L;

    /** Half a command that goes on after such a pause is none. */
    private static final long PAUSE_NANOS = 100 * MILLI;

    private final Oscillator oscillator;
    private final Outbox outbox;
    private final MercuryAnswers answers;
    private final int bufferedReads;
    private final FrameParser.Sink<MercuryCommand> commands = new Commands();
    private final FrameParser<MercuryCommand> parser = new MercuryCommandParser();
    private long nowNanos;
    private long heardNanos = Long.MAX_VALUE;
    private long streamingSinceNanos;
    private OptionalLong cycleStart = OptionalLong.empty();
    private StartStreaming stream = StartStreaming.classic(1, 0);
    private boolean overflowing;
    private boolean hot;

    /** @param originNanos from when on its clock runs, CLOCK_MONOTONIC */
    SimulatedMercury(MercuryOptions options, long originNanos, Outbox outbox) {
        this.oscillator = new Oscillator(originNanos, options.driftPpm());
        this.outbox = outbox;
        this.answers = new MercuryAnswers(options);
        this.bufferedReads = options.bufferedReads();
        this.nowNanos = originNanos;
    }

    @Override
    public void heard(byte[] bytes, int length, long now) {
        advance(now);
        heardNanos = now;
        parser.parse(bytes, 0, length, commands);
    }

    /** A serial line has no connections: half a command stays half a command. */
    @Override
    public void listenerChanged(boolean somebody) {}

    private final class Commands implements FrameParser.Sink<MercuryCommand> {
        @Override
        public void message(MercuryCommand command, FramePosition position) {
            obey(command);
        }

        @Override
        public void skipped(Skipped skipped) {}
    }

    private void obey(MercuryCommand command) {
        switch (command) {
            case StartStreaming start -> start(start);
            case MercuryCommand.StopStreaming c -> {
                cycleStart = OptionalLong.empty();
                say(new MercuryMessage.StopAck());
            }
            case MercuryCommand.Tunnelled c -> say(answers.tunnelled(c.command()));
            default -> {
                if (!reading()) {
                    say(answers.to(command));
                }
            }
        }
    }

    private void start(StartStreaming start) {
        int refusal = answers.inBootloader() ? MercuryStatus.INVALID_OPCODE : MercuryStatus.INVALID_PARAMETER;
        boolean impossible = start.cycleMillis() == 0 || (start.metadataFlags() & ~MercuryTag.ALL) != 0;
        if (answers.inBootloader() || impossible) {
            say(MercuryMessage.Reply.of(0x2F, refusal));
            return;
        }
        stream = start;
        streamingSinceNanos = nowNanos;
        cycleStart = OptionalLong.of(oscillator.readerNanos(nowNanos));
        overflowing = false;
        say(new MercuryMessage.StartAck());
    }

    @Override
    public void poweredOn(long now) {
        nowNanos = now;
        cycleStart = OptionalLong.empty();
        overflowing = false;
        hot = false;
        parser.end(commands);
        answers.poweredOn();
        say(new MercuryMessage.Booted());
    }

    @Override
    public void antennaCut(int antenna, boolean cut, long now) {
        answers.antenna(antenna, !cut);
        advance(now);
    }

    @Override
    public void tooHot(boolean now, long nowNanos) {
        hot = now;
        answers.tooHot(now);
        advance(nowNanos);
    }

    @Override
    public OptionalInt baud() {
        return OptionalInt.of(answers.baud());
    }

    private void say(MercuryMessage message) {
        outbox.other(message.encode());
    }

    @Override
    public void advance(long now) {
        if (now <= nowNanos) {
            return;
        }
        while (nextDueNanos() <= now) {
            cycleStart = OptionalLong.of(cycleStart.orElseThrow() + cycleNanos());
            complain();
            say(new MercuryMessage.CycleEnd(
                    stream.multiSelect() ? OptionalLong.of(stream.cycleMillis()) : OptionalLong.empty()));
        }
        nowNanos = now;
        if (heardNanos < now - PAUSE_NANOS) {
            heardNanos = Long.MAX_VALUE;
            parser.end(commands);
        }
    }

    /** What goes wrong while it streams is said once a cycle. */
    private void complain() {
        if (hot) {
            say(MercuryMessage.Fault.of(MercuryStatus.TOO_HOT));
        } else if (answers.searchesInVain()) {
            say(MercuryMessage.Fault.of(MercuryStatus.HIGH_RETURN_LOSS));
        }
    }

    private long cycleNanos() {
        return stream.cycleMillis() * MILLI;
    }

    @Override
    public long nextDueNanos() {
        return cycleStart.isPresent()
                ? oscillator.monotonicNanos(cycleStart.getAsLong() + cycleNanos())
                : Long.MAX_VALUE;
    }

    @Override
    public boolean reading() {
        return cycleStart.isPresent();
    }

    @Override
    public Seen sighted(Sighting told) {
        advance(told.monotonicNanos());
        if (hot
                || cycleStart.isEmpty()
                || told.monotonicNanos() < streamingSinceNanos
                || !answers.searches(told.antenna())) {
            return Seen.IGNORED;
        }
        // Told too late for the cycle that it belongs to: for this module it happened when this cycle began.
        long earliest = oscillator.monotonicNanos(cycleStart.getAsLong());
        Sighting sighting = told.notBefore(earliest);
        long inCycle = oscillator.readerNanos(sighting.monotonicNanos()) - cycleStart.getAsLong();
        TagReport report = new TagReport(
                sighting.chip(),
                sighting.antenna(),
                OptionalInt.of(Math.clamp(sighting.rssiCentiDbm(), -12_800, 12_700)),
                new ReaderTime(ReaderTime.Base.CYCLE, inCycle / 1000),
                1);
        if (outbox.read(sighting, MercuryTag.encode(report, stream.metadataFlags(), stream.multiSelect()))) {
            overflowing &= outbox.reads() > bufferedReads / 2;
            return Seen.TAKEN;
        }
        if (!overflowing) {
            // Said once while the memory is full, and again only after half of it had gone.
            overflowing = true;
            say(MercuryMessage.Fault.of(MercuryStatus.BUFFER_FULL));
        }
        return Seen.OVERFLOWED;
    }
}
