package org.matgate.simulator.reader;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.matgate.protocol.r2000.R2000Addressed;
import org.matgate.protocol.r2000.R2000Code;
import org.matgate.protocol.r2000.R2000Command;
import org.matgate.protocol.r2000.R2000CommandParser;
import org.matgate.protocol.r2000.R2000Message;
import org.matgate.protocol.r2000.R2000Tag;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.Skipped;
import org.matgate.protocol.reader.TagReport;

/**
 * An R2000 module. It reads for the round that it is asked for and then waits; what it hears during a round it obeys
 * afterwards. It has no clock and little memory: it tells of a chip when it sees it, and while the line is busy, or
 * between two rounds, it does not look, so that a chip in its field is seen a little later.
 */
final class SimulatedR2000 implements ReaderModel {
    private static final long MILLI = 1_000_000L;

    /** Half a command that goes on after such a pause is none. */
    private static final long PAUSE_NANOS = 100 * MILLI;

    private static final long RESTART_NANOS = 300 * MILLI;
    private static final int MOST_WAITING = 16;
    private static final int FREQUENCIES = 7;

    private final R2000Options options;
    private final Outbox outbox;
    private final R2000Answers answers;
    private final FrameParser.Sink<R2000Addressed> commands = new Commands();
    private final FrameParser<R2000Addressed> parser = new R2000CommandParser();
    private final Deque<R2000Command> waiting = new ArrayDeque<>();
    private final R2000Field inField = new R2000Field();
    private @Nullable R2000Round round;
    private long roundEndedNanos;
    private boolean everRead;
    private long deadUntilNanos = Long.MIN_VALUE;
    private long nowNanos;
    private long heardNanos = Long.MAX_VALUE;
    private int frequency;

    /** @param originNanos now, CLOCK_MONOTONIC */
    SimulatedR2000(R2000Options options, long originNanos, Outbox outbox) {
        this.options = options;
        this.outbox = outbox;
        this.answers = new R2000Answers(options);
        this.nowNanos = originNanos;
    }

    @Override
    public void heard(byte[] bytes, int length, long now) {
        advance(now);
        heardNanos = now;
        if (now >= deadUntilNanos) {
            parser.parse(bytes, 0, length, commands);
        }
    }

    /** Half a command stays half a command; on the network, too, there is a serial line behind the socket. */
    @Override
    public void listenerChanged(boolean somebody) {}

    private final class Commands implements FrameParser.Sink<R2000Addressed> {
        @Override
        public void message(R2000Addressed request, FramePosition position) {
            if (request.address() != R2000Addressed.ANY && request.address() != options.address()) {
                return;
            }
            if (request.command() instanceof R2000Command.Reset) {
                restart();
            } else if (round == null) {
                obey(request.command());
            } else if (waiting.size() < MOST_WAITING) {
                waiting.add(request.command());
            }
        }

        @Override
        public void skipped(Skipped skipped) {}
    }

    private void obey(R2000Command command) {
        if (!R2000Command.isInventory(command.number())) {
            say(answers.to(command));
            if (command instanceof R2000Command.SetBaud) {
                restart();
            }
            return;
        }
        Optional<R2000Round> asked = R2000Round.of(command, answers.workAntenna(), options.olderFirmware(), nowNanos);
        if (asked.isPresent()) {
            round = asked.get();
            everRead = true;
        } else {
            say(answers.to(command));
        }
    }

    private void say(R2000Message message) {
        outbox.other(message.encode(options.address()));
    }

    private void restart() {
        forget();
        answers.poweredOn();
        deadUntilNanos = nowNanos + RESTART_NANOS;
    }

    private void forget() {
        round = null;
        everRead = false;
        waiting.clear();
        inField.clear();
        parser.end(commands);
    }

    @Override
    public void poweredOn(long now) {
        nowNanos = now;
        restart();
    }

    @Override
    public void antennaCut(int antenna, boolean cut, long now) {
        answers.antenna(antenna, !cut);
        advance(now);
    }

    @Override
    public void tooHot(boolean hot, long now) {
        answers.tooHot(hot);
        advance(now);
    }

    @Override
    public OptionalInt baud() {
        return OptionalInt.of(answers.baud());
    }

    @Override
    public void advance(long now) {
        if (now > nowNanos) {
            while (round != null && round.dueNanos() <= now) {
                nowNanos = Math.max(nowNanos, round.dueNanos());
                goOn(round);
            }
            nowNanos = now;
            if (heardNanos < now - PAUSE_NANOS) {
                heardNanos = Long.MAX_VALUE;
                parser.end(commands);
            }
        }
        look();
    }

    /** The present antenna is done with. */
    private void goOn(R2000Round present) {
        Optional<Integer> next = present.nextAntenna();
        if (next.isEmpty()) {
            end(present.end());
        } else if (answers.hot()) {
            end(R2000Answers.refused(present.command(), R2000Code.POWER_NOT_REACHED));
        } else if (answers.there(next.get()) || !answers.detects()) {
            present.goOn(true);
        } else if (present.switches()) {
            say(new R2000Message.AntennaMissing(next.get()));
            present.goOn(false);
        } else {
            end(R2000Answers.refused(present.command(), R2000Code.ANTENNA_MISSING));
        }
    }

    private void end(R2000Message lastWord) {
        say(lastWord);
        round = null;
        roundEndedNanos = nowNanos;
        while (round == null && !waiting.isEmpty()) {
            obey(waiting.remove());
        }
    }

    /** Tells of the chip in the field that it sees now, if the line is free. */
    private void look() {
        inField.passBy(round != null, nowNanos);
        while (round != null && !inField.isEmpty() && outbox.reads() == 0) {
            see(round, inField.next());
        }
    }

    private void see(R2000Round present, Sighting chip) {
        if (answers.hot() || !answers.there(chip.antenna()) || !present.visits(chip.antenna())) {
            inField.goes(chip);
            return;
        }
        Sighting seen = chip.notBefore(nowNanos);
        TagReport report = new TagReport(
                seen.chip(),
                seen.antenna(),
                OptionalInt.of(Math.clamp(seen.rssiCentiDbm(), -12_900, -200)),
                ReaderTime.NONE,
                1);
        frequency = (frequency + 1) % FREQUENCIES;
        byte[] frame = R2000Tag.encode(
                options.address(), present.command().number(), report, frequency, phase(present.command()));
        if (outbox.read(seen, frame)) {
            present.count();
        }
    }

    private static OptionalInt phase(R2000Command command) {
        boolean asked = command instanceof R2000Command.FastSwitch c
                && c.options().map(R2000Command.Options::phase).orElse(false);
        return asked ? OptionalInt.of(0) : OptionalInt.empty();
    }

    @Override
    public long nextDueNanos() {
        if (round == null) {
            return Long.MAX_VALUE;
        }
        return !inField.isEmpty() && outbox.reads() == 0 ? nowNanos : round.dueNanos();
    }

    /**
     * Between two rounds it sees nobody, and who waits for long is gone; so nobody is to come then, unless no round is to
     * be waited for.
     */
    @Override
    public boolean takesMore() {
        boolean roundToCome = everRead && !answers.hot() && nowNanos - roundEndedNanos <= ASKS_AGAIN_NANOS;
        return inField.size() < R2000Options.MOST_IN_FIELD / 4 && (round != null || !roundToCome);
    }

    /** Between two rounds it goes on reading, in the eyes of whoever passes. */
    @Override
    public boolean reading() {
        return round != null || (everRead && nowNanos - roundEndedNanos <= R2000Field.STAY_NANOS);
    }

    @Override
    public boolean speaksAsItSees() {
        return true;
    }

    @Override
    public boolean waiting() {
        return !inField.isEmpty();
    }

    @Override
    public Set<Integer> awaited(boolean heldBack) {
        boolean waits = everRead && round == null && !answers.hot() && (heldBack || waiting());
        return waits ? Set.of(ANY_ANTENNA) : Set.of();
    }

    @Override
    public List<Sighting> gone() {
        return inField.gone();
    }

    @Override
    public void hurry() {
        inField.hurry();
    }

    @Override
    public Seen sighted(Sighting sighting) {
        advance(sighting.monotonicNanos());
        boolean possible = reading()
                && !answers.hot()
                && answers.there(sighting.antenna())
                && (round == null || round.visits(sighting.antenna()))
                && sighting.chip().bytes().length % 2 == 0;
        if (!possible) {
            return Seen.IGNORED;
        }
        if (inField.size() >= R2000Options.MOST_IN_FIELD) {
            return Seen.OVERFLOWED;
        }
        inField.add(sighting);
        return Seen.TAKEN;
    }
}
