package org.matgate.simulator.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.matgate.protocol.chafon.ChafonCommand;
import org.matgate.protocol.chafon.ChafonCommandParser;
import org.matgate.protocol.chafon.ChafonLayout;
import org.matgate.protocol.chafon.ChafonMessage;
import org.matgate.protocol.chafon.ChafonMessage.Inventory;
import org.matgate.protocol.chafon.ChafonMessage.Reply;
import org.matgate.protocol.chafon.ChafonStatus;
import org.matgate.protocol.chafon.ChafonTag;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.FramePosition;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.Skipped;
import org.matgate.protocol.reader.TagReport;

/**
 * A Chafon reader. It sees a chip only during an inventory with that antenna, which lasts until no further chip has
 * shown for {@value #QUIET_NANOS} ns, or the time given is over; what would be seen between two inventories of an antenna
 * is seen as the next begins, by its carrier. While an inventory runs it hears nothing.
 *
 * <p>A 288 may have been left in real-time mode: then it tells each chip at once, and answers no inventory. The manuals
 * have no status for a reader that is too hot: it answers that the command failed.
 */
final class SimulatedChafon implements ReaderModel {
    private static final long MILLI = 1_000_000L;

    /** An inventory of chips that have all been read ends by itself. */
    static final long QUIET_NANOS = 40 * MILLI;

    /** How often it says in real-time mode that it has seen nothing. */
    private static final long HEARTBEAT_NANOS = 30_000 * MILLI;

    /** Half a command that goes on after such a pause is none; the manual says 15 ms, and hosts have adapters. */
    private static final long PAUSE_NANOS = 50 * MILLI;

    /** Room in a frame for its last tag. */
    private static final int FRAME_BYTES = 180;

    private final ChafonOptions options;
    private final Outbox outbox;
    private final ChafonAnswers answers;
    private final FrameParser.Sink<ChafonCommand> commands = new Commands();
    private final FrameParser<ChafonCommand> parser = new ChafonCommandParser();
    private final ChafonField field;
    private final List<Sighting> gathered = new ArrayList<>();
    private long nowNanos;
    private long heardNanos = Long.MAX_VALUE;
    /** The antenna of the inventory that runs; 0 if none does. */
    private int antenna;

    private long beganNanos;
    private long untilNanos;
    private long seenNanos;
    private boolean told;
    private boolean overflowed;
    private long heartbeats;
    private long total;

    /** @param originNanos when it is made, CLOCK_MONOTONIC */
    SimulatedChafon(ChafonOptions options, long originNanos, Outbox outbox) {
        this.options = options;
        this.outbox = outbox;
        this.answers = new ChafonAnswers(options);
        this.field = new ChafonField(options.ports());
        poweredOn(originNanos);
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

    private final class Commands implements FrameParser.Sink<ChafonCommand> {
        @Override
        public void message(ChafonCommand command, FramePosition position) {
            boolean mine = command.address() == ChafonCommand.ANY || command.address() == answers.address();
            if (mine && antenna == 0) {
                obey(command);
            }
        }

        @Override
        public void skipped(Skipped skipped) {}
    }

    private void obey(ChafonCommand command) {
        boolean plain = options.layout() == ChafonLayout.READER18;
        switch (command) {
            case ChafonCommand.Inventory c -> {
                if (plain) {
                    inventory(1, answers.scanTime());
                } else if (!answers.inRealTime()) {
                    refuse(ChafonStatus.WRONG_LENGTH);
                }
            }
            case ChafonCommand.AntennaInventory c -> {
                if (plain) {
                    refuse(ChafonStatus.WRONG_LENGTH);
                } else if (!answers.inRealTime()) {
                    inventory(c.antenna(), c.scanTime());
                }
            }
            default -> say(answers.to(command));
        }
        if (answers.inRealTime()) {
            seenNanos = nowNanos;
        }
    }

    private void inventory(int with, int scanTime) {
        if (!answers.hasPort(with)) {
            refuse(ChafonStatus.PARAMETER_ERROR);
            return;
        }
        field.asked(with, nowNanos);
        if (answers.misses(with)) {
            refuse(ChafonStatus.ANTENNA_ERROR);
        } else if (answers.isHot()) {
            refuse(ChafonStatus.EXECUTION_ERROR);
        } else {
            antenna = with;
            beganNanos = nowNanos;
            seenNanos = nowNanos;
            untilNanos = scanTime == 0 ? Long.MAX_VALUE : nowNanos + 100L * scanTime * MILLI;
            told = false;
            field.seen(with, nowNanos, answers::reaches).forEach(this::gather);
        }
    }

    private void refuse(int status) {
        say(new Reply(answers.address(), 0x01, status, ""));
    }

    private void say(ChafonMessage message) {
        outbox.other(message.encode());
    }

    private void gather(Sighting sighting) {
        gathered.add(sighting.notBefore(beganNanos));
        int bytes =
                gathered.stream().mapToInt(s -> 2 + s.chip().hex().length() / 2).sum();
        if (gathered.size() >= options.tagsAFrame() || bytes > FRAME_BYTES) {
            tell(ChafonStatus.MORE);
        }
    }

    /** Puts what was gathered into a frame of this status. */
    private void tell(int status) {
        boolean plain = options.layout() == ChafonLayout.READER18;
        int antennas = plain ? 0 : 1 << (antenna - 1);
        List<Sighting> sightings = List.copyOf(gathered);
        gathered.clear();
        List<ChafonTag> tags = sightings.stream().map(this::tag).toList();
        if (!tags.isEmpty() && outbox.reads(sightings, frame(status, antennas, tags))) {
            told = true;
            return;
        }
        overflowed |= !tags.isEmpty();
        if (status == ChafonStatus.MORE) {
            return;
        }
        if (plain && !told && !overflowed) {
            refuse(ChafonStatus.NO_TAG);
        } else {
            outbox.other(frame(overflowed ? ChafonStatus.MEMORY_FULL : status, antennas, List.of()));
        }
    }

    private byte[] frame(int status, int antennas, List<ChafonTag> tags) {
        return new Inventory(answers.address(), options.layout(), status, antennas, tags).encode();
    }

    private ChafonTag tag(Sighting sighting) {
        return ChafonTag.of(
                new TagReport(
                        sighting.chip(),
                        sighting.antenna(),
                        OptionalInt.of(sighting.rssiCentiDbm()),
                        ReaderTime.NONE,
                        1),
                options.layout());
    }

    @Override
    public void poweredOn(long now) {
        nowNanos = now;
        antenna = 0;
        gathered.clear();
        field.clear(now);
        overflowed = false;
        seenNanos = now;
        parser.end(commands);
        answers.poweredOn();
    }

    @Override
    public void antennaCut(int port, boolean cut, long now) {
        advance(now);
        answers.antenna(port, !cut);
    }

    @Override
    public void tooHot(boolean hot, long now) {
        advance(now);
        answers.tooHot(hot);
    }

    @Override
    public OptionalInt baud() {
        return OptionalInt.of(answers.baud());
    }

    @Override
    public void advance(long now) {
        if (now <= nowNanos) {
            return;
        }
        while (nextDueNanos() <= now) {
            nowNanos = nextDueNanos();
            if (antenna != 0) {
                end();
            } else {
                heartbeats++;
                seenNanos = nowNanos;
                say(new ChafonMessage.Heartbeat(answers.address(), heartbeats, "00".repeat(options.ports()), total));
            }
        }
        nowNanos = now;
        if (heardNanos < now - PAUSE_NANOS) {
            heardNanos = Long.MAX_VALUE;
            parser.end(commands);
        }
    }

    private void end() {
        int status = overflowed
                ? ChafonStatus.MEMORY_FULL
                : nowNanos >= untilNanos ? ChafonStatus.TIMEOUT : ChafonStatus.DONE;
        tell(status);
        overflowed = false;
        antenna = 0;
    }

    @Override
    public long nextDueNanos() {
        if (antenna != 0) {
            return Math.min(untilNanos, seenNanos + QUIET_NANOS);
        }
        return answers.inRealTime() ? seenNanos + HEARTBEAT_NANOS : Long.MAX_VALUE;
    }

    @Override
    public boolean reading() {
        if (answers.isHot()) {
            return false;
        }
        return answers.inRealTime() || field.lately(nowNanos);
    }

    /** Who is seen by nobody's question is not to come while the next one is to be waited for. */
    @Override
    public boolean takesMore() {
        return here() < outbox.room() && (answers.inRealTime() || !field.questionToCome(nowNanos));
    }

    /** How many it has seen, or will, and has not told of. */
    private int here() {
        return field.size() + gathered.size();
    }

    @Override
    public boolean waiting() {
        return here() > 0 && (reading() || field.hurried());
    }

    /** While it looks with another antenna, too: it is its host that takes turns. */
    @Override
    public Set<Integer> awaited(boolean heldBack) {
        return answers.inRealTime() || answers.isHot() ? Set.of() : field.awaited(antenna, heldBack, nowNanos);
    }

    @Override
    public List<Sighting> gone() {
        return field.gone();
    }

    @Override
    public void hurry() {
        field.hurry();
    }

    @Override
    public Seen sighted(Sighting sighting) {
        advance(sighting.monotonicNanos());
        int port = sighting.antenna();
        boolean readable = sighting.chip().hex().length() % 4 == 0 && !answers.isHot() && answers.reaches(port);
        if (!readable || !(answers.inRealTime() || field.lately(port, nowNanos))) {
            return Seen.IGNORED;
        }
        if (here() >= outbox.room()) {
            overflowed = true;
            return Seen.OVERFLOWED;
        }
        if (answers.inRealTime()) {
            seenNanos = nowNanos;
            total++;
            outbox.read(
                    sighting,
                    new ChafonMessage.RealTimeTag(answers.address(), 1 << (port - 1), tag(sighting)).encode());
        } else if (port == antenna) {
            seenNanos = nowNanos;
            gather(sighting);
        } else {
            field.add(sighting);
        }
        return Seen.TAKEN;
    }
}
