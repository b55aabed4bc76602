package org.matgate.simulator.reader;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalInt;
import org.matgate.protocol.ipico.IpicoCommand;
import org.matgate.protocol.ipico.IpicoCommandParser;
import org.matgate.protocol.ipico.IpicoMessage;
import org.matgate.protocol.ipico.IpicoTag;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.Skipped;
import org.matgate.protocol.reader.TagReport;

/** An IPICO reader: a line for every sighting, always, and answers to control lines. It has one antenna for all. */
final class SimulatedIpico implements ReaderModel {
    /** Measured on real readers: a clock that is set runs on the new time only so much later. */
    static final long SET_CLOCK_NANOS = 500_000_000L;

    private static final int SET_CLOCK = 0x01;
    private static final int GET_CLOCK = 0x02;
    private static final int MODE = 0x09;
    private static final int STATISTICS = 0x0A;
    private static final int REJECTED = 0xF0;

    private final IpicoOptions options;
    private final Oscillator oscillator;
    private final Outbox outbox;
    private final FrameParser.Sink<IpicoCommand> commands = new Commands();
    private FrameParser<IpicoCommand> parser = new IpicoCommandParser();
    private long nowNanos;
    /** What the reader's calendar shows when its oscillator counts 0, nanoseconds as {@link ReaderTime} counts civil time. */
    private long civilAtZero;

    private long nextCivilAtZero;
    private long clockSetAt = Long.MAX_VALUE;
    private long reads;
    private boolean cut;
    private boolean hot;

    /**
     * @param originNanos from when on its clock runs, CLOCK_MONOTONIC
     * @param utcNanos the true UTC then, nanoseconds since 1970
     */
    SimulatedIpico(IpicoOptions options, long originNanos, long utcNanos, Outbox outbox) {
        this.options = options;
        this.oscillator = new Oscillator(originNanos, options.driftPpm());
        this.outbox = outbox;
        this.nowNanos = originNanos;
        this.civilAtZero = utcNanos + options.zone().getTotalSeconds() * 1_000_000_000L + options.clockOffsetNanos();
    }

    @Override
    public void heard(byte[] bytes, int length, long now) {
        advance(now);
        parser.parse(bytes, 0, length, commands);
    }

    @Override
    public void poweredOn(long now) {
        nowNanos = now;
        parser = new IpicoCommandParser();
        reads = 0;
    }

    @Override
    public void antennaCut(int antenna, boolean nowCut, long now) {
        advance(now);
        cut = nowCut;
    }

    @Override
    public void tooHot(boolean now, long nowNanos) {
        advance(nowNanos);
        hot = now;
    }

    @Override
    public void listenerChanged(boolean somebody) {
        parser = new IpicoCommandParser();
    }

    private final class Commands implements FrameParser.Sink<IpicoCommand> {
        @Override
        public void message(IpicoCommand command, FramePosition position) {
            obey(command);
        }

        @Override
        public void skipped(Skipped skipped) {}
    }

    private void obey(IpicoCommand command) {
        switch (command) {
            case IpicoCommand.Blank c -> {}
            case IpicoCommand.GetClock c -> say(GET_CLOCK, clock());
            case IpicoCommand.SetClock c -> {
                clockSetAt = nowNanos + SET_CLOCK_NANOS;
                nextCivilAtZero =
                        c.time().toEpochSecond(ZoneOffset.UTC) * 1_000_000_000L - oscillator.readerNanos(clockSetAt);
                say(SET_CLOCK, "");
            }
            case IpicoCommand.SetMode c ->
                // It reports every sighting and cannot do otherwise.
                say(c.mode() == IpicoCommand.Mode.RAW ? MODE : REJECTED, "");
            case IpicoCommand.GetStatistics c -> say(STATISTICS, "%08x".formatted((int) reads));
            case IpicoCommand.Other c -> other(c.query(), c.instruction());
        }
    }

    private void other(boolean query, int instruction) {
        if (query && (instruction == SET_CLOCK || instruction == GET_CLOCK)) {
            say(instruction, clock());
        } else if (query && instruction == MODE) {
            say(MODE, "%02x".formatted(IpicoCommand.Mode.RAW.code()));
        } else {
            say(REJECTED, "");
        }
    }

    private void say(int instruction, String data) {
        outbox.other(new IpicoMessage.Control(options.readerId(), instruction, data).encode());
    }

    /** YYMMDD, day of the week from Sunday 0, HHMMSS. */
    private String clock() {
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(Math.floorDiv(civilNanos(nowNanos), 1_000_000_000L), 0, ZoneOffset.UTC);
        return "%02d%02d%02d%02d%02d%02d%02d"
                .formatted(
                        time.getYear() % 100,
                        time.getMonthValue(),
                        time.getDayOfMonth(),
                        time.getDayOfWeek().getValue() % 7,
                        time.getHour(),
                        time.getMinute(),
                        time.getSecond());
    }

    private long civilNanos(long monotonicNanos) {
        return civilAtZero + oscillator.readerNanos(monotonicNanos);
    }

    @Override
    public void advance(long now) {
        if (now <= nowNanos) {
            return;
        }
        nowNanos = now;
        if (clockSetAt <= now) {
            civilAtZero = nextCivilAtZero;
            clockSetAt = Long.MAX_VALUE;
        }
    }

    @Override
    public long nextDueNanos() {
        return clockSetAt;
    }

    @Override
    public boolean reading() {
        return true;
    }

    @Override
    public Seen sighted(Sighting sighting) {
        advance(sighting.monotonicNanos());
        if (cut || hot || sighting.chip().hex().length() != 2 * IpicoTag.CHIP_BYTES) {
            return Seen.IGNORED;
        }
        ReaderTime time =
                new ReaderTime(ReaderTime.Base.CIVIL, Math.floorDiv(civilNanos(sighting.monotonicNanos()), 1000L));
        TagReport report = new TagReport(sighting.chip(), 0, OptionalInt.empty(), time, 1);
        if (!outbox.read(sighting, IpicoTag.encode(options.readerId(), report))) {
            return Seen.OVERFLOWED;
        }
        reads++;
        return Seen.TAKEN;
    }
}
