package org.matgate.simulator.reader;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.link.PacedWriter;
import org.matgate.simulator.link.ReaderEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of one mat: carries between a model, which does no I/O, and a link. */
final class ReaderRunner implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(ReaderRunner.class);

    /** Longest wait for the host, since a sighting that is offered meanwhile wakes nobody up. */
    private static final long LOOK_NANOS = 2_000_000;

    /** In a hurry: so many frames may wait for the line before the reader sees more, and go out before it listens again. */
    private static final int HURRIED_FRAMES = 32;

    private final String name;
    private final ReaderModel model;
    private final Outbox outbox;
    private final Schedule schedule;
    private final ReaderEnd end;
    private final PacedWriter writer;
    private final SimClock clock;
    private final WireDamage damage;
    private final Witness witness;
    private final Unseen unseen;
    private final byte[] buffer = new byte[1024];
    private final Queue<Mishap> mishaps = new ConcurrentLinkedQueue<>();
    private int listener;
    private int turnedAway;
    private boolean out;
    private OptionalInt baud = OptionalInt.empty();
    private volatile boolean stopping;
    private volatile boolean reading;
    private volatile boolean idle;
    private volatile boolean hurried;
    private final Tally tally = new Tally();

    ReaderRunner(
            String name,
            ReaderModel model,
            Outbox outbox,
            Schedule schedule,
            Supplier<FrameParser<ReaderMessage>> hosts,
            ReaderEnd end,
            PacedWriter writer,
            SimClock clock,
            WireLog wireLog,
            WireDamage damage) {
        this.name = name;
        this.model = model;
        this.outbox = outbox;
        this.schedule = schedule;
        this.end = end;
        this.writer = writer;
        this.clock = clock;
        this.damage = damage;
        this.witness = new Witness(name, wireLog, tally, hosts, end.onNetwork());
        this.unseen = new Unseen(name, wireLog);
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                step();
            }
        } catch (IOException e) {
            if (!stopping) {
                log.error("{}: the link has ended: {}", name, e.getMessage());
            }
        } finally {
            witness.decide();
            unseen.end(clock.monotonicNanos());
            reading = false;
            idle = true;
        }
    }

    private void step() throws IOException {
        long now = clock.monotonicNanos();
        unseen.step(now);
        if (hurried) {
            writer.hurry();
            model.hurry();
        }
        for (Mishap mishap = mishaps.poll(); mishap != null; mishap = mishaps.poll()) {
            suffer(mishap, now);
        }
        witness.advance(now);
        see(now);
        if (out) {
            ignoreTheHost();
        } else {
            live(now);
        }
        // Whoever does not listen is no host that could ask.
        boolean host = !out && listener != 0;
        unseen.look(model, host ? model.awaited(schedule.nextDueNanos() <= now) : Set.of(), hurried, now);
        // Only now, and whatever else a reader says by itself: what counts is that no read is on its way.
        idle = schedule.isEmpty() && outbox.reads() == 0 && (out || !model.waiting()) && !witness.undecided();
    }

    private void live(long now) throws IOException {
        // Before it hears anything, also at the very beginning.
        if (outbox.isEmpty() && !model.baud().equals(baud)) {
            baud = model.baud();
            end.baud(baud.orElseThrow());
            writer.baud(baud.orElseThrow());
        }
        model.advance(now);
        watchListener();
        hear(now);
        // What follows is not for one who has come while it was listened.
        watchListener();
        reading = model.reading();
        for (int frames = hurried ? HURRIED_FRAMES : 1; frames > 0; frames--) {
            Optional<Outgoing> next = outbox.poll();
            long begun = clock.monotonicNanos();
            boolean sent = next.isPresent() && send(next.get());
            unseen.onTheLine(clock.monotonicNanos() - begun);
            if (!sent) {
                return;
            }
        }
    }

    private void ignoreTheHost() throws IOException {
        reading = false;
        end.read(buffer, LOOK_NANOS);
        // Kept, so that the model hears of a listener that has changed meanwhile.
        LockSupport.parkNanos(LOOK_NANOS / 2);
    }

    private void suffer(Mishap mishap, long now) {
        log.info("{}: {}", name, mishap);
        switch (mishap) {
            case Mishap.PowerOff off -> {
                out = true;
                outbox.clear();
            }
            case Mishap.Hang hang -> out = true;
            case Mishap.PowerOn on -> {
                out = false;
                outbox.clear();
                model.poweredOn(now);
            }
            case Mishap.AntennaCut antenna -> model.antennaCut(antenna.antenna(), antenna.cut(), now);
            case Mishap.TooHot heat -> model.tooHot(heat.hot(), now);
            case Mishap.MemoryFull memory -> outbox.full(memory.full());
            case Mishap.Dribble dribble -> writer.dribble(dribble.slow());
        }
    }

    /** Something goes wrong in the reader; from any thread. */
    void suffer(Mishap mishap) {
        mishaps.add(mishap);
    }

    private void see(long now) {
        if (schedule.nextDueNanos() <= now) {
            // Before it is taken out, so that it is never neither to come nor on its way.
            idle = false;
        }
        while (!hurried || out || roomForMore()) {
            Optional<Sighting> due = schedule.due(now);
            if (due.isEmpty()) {
                break;
            }
            // Who had to wait for room comes now, to a reader that has no clock to tell otherwise.
            Sighting sighting = hurried && model.speaksAsItSees() ? due.get().notBefore(now) : due.get();
            ReaderModel.Seen seen = out ? ReaderModel.Seen.IGNORED : model.sighted(sighting);
            tally.seen(seen);
            unseen.seen(sighting, seen, now);
        }
    }

    /** Nobody listens to one who waits for a listener; else what is seen is to get onto the wire soon. */
    private boolean roomForMore() {
        return listener == 0 || (outbox.frames() < HURRIED_FRAMES && !end.congested() && model.takesMore());
    }

    private void watchListener() {
        int now = end.listener();
        if (now != listener) {
            log.info("{}: {}", name, now == 0 ? "nobody listens any more" : "somebody listens");
            listener = now;
            witness.decide();
            model.advance(clock.monotonicNanos());
            model.listenerChanged(now != 0);
        }
        int turned = end.turnedAway();
        for (; turnedAway < turned; turnedAway++) {
            model.turnedAway();
        }
        turnedAway = turned;
    }

    private void hear(long now) throws IOException {
        long wait = 0;
        if (outbox.isEmpty()) {
            long due = Math.min(schedule.nextDueNanos(), model.nextDueNanos());
            wait = due == Long.MAX_VALUE ? LOOK_NANOS : Math.clamp(due - now, 0, LOOK_NANOS);
        }
        int n = end.read(buffer, wait);
        if (n > 0) {
            model.heard(buffer, n, clock.monotonicNanos());
        }
    }

    /** Gives whether it got as far as the wire. */
    private boolean send(Outgoing outgoing) throws IOException {
        if (outgoing.kind() == Outgoing.Kind.HANG_UP) {
            end.hangUp(listener);
            return false;
        }
        byte[] frame = outgoing.frame();
        long now = clock.monotonicNanos();
        byte[] wire = damage.onTheWay(name, frame.clone(), now);
        if (outgoing.reads().isEmpty()) {
            PacedWriter.Sent sent = writer.write(wire);
            if (sent.heard()) {
                witness.other(frame, wire, sent.lastByteMonotonicNanos());
            }
            if (!sent.begun() && outgoing.canWait() && outbox.keeps()) {
                outbox.putBack(outgoing);
            }
            return sent.begun();
        }
        try {
            long earliest = model.speaksAsItSees() ? now : Long.MIN_VALUE;
            long ready =
                    Math.max(earliest, outgoing.reads().getLast().sighting().monotonicNanos());
            PacedWriter.Sent sent = writer.write(wire, ready);
            if (!sent.begun() && outbox.keeps()) {
                outbox.putBack(outgoing);
                return false;
            }
            if (model.speaksAsItSees()) {
                // A machine that was late to say it stands for a reader that was as late to see it.
                earliest = Math.max(earliest, sent.beganMonotonicNanos());
            }
            witness.reads(outgoing, wire, earliest, sent);
            return sent.heard();
        } catch (IOException e) {
            witness.toNobody(outgoing, Long.MIN_VALUE, clock.monotonicNanos());
            throw e;
        }
    }

    /** Ends the thread after the frame that is going out. */
    void stop() {
        stopping = true;
    }

    boolean reading() {
        return reading;
    }

    void hurry() {
        hurried = true;
    }

    /** How late it is with what it is to see; 0 if it is not. */
    long lateNanos() {
        // Asked from elsewhere, as this thread may be waiting for the line.
        return Math.max(0, clock.monotonicNanos() - schedule.nextDueNanos());
    }

    /** Whether all sightings known have gone out. */
    boolean idle() {
        return idle;
    }

    MatStatistics statistics() {
        return tally.statistics();
    }
}
