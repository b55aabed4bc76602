package org.matgate.simulator.reader;

import java.util.Iterator;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.matgate.protocol.chafon.ChafonParser;
import org.matgate.protocol.ipico.IpicoParser;
import org.matgate.protocol.llrp.LlrpParser;
import org.matgate.protocol.mercury.MercuryParser;
import org.matgate.protocol.r2000.R2000Parser;
import org.matgate.protocol.reader.FrameParser;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.link.PacedWriter;
import org.matgate.simulator.link.ReaderEnd;

/**
 * A mat: a simulated reader on a link, which runs from its making until it is closed. It closes its link. Thread-safe.
 */
public final class SimulatedMat implements AutoCloseable {
    /** What a real IPICO reader's lines arrive in. */
    private static final int IPICO_PIECE = 8;

    /** Longest wait for a thread that is told to stop: it is about to finish one frame. */
    private static final long STOP_MILLIS = 2_000;

    private final String name;
    private final ReaderEnd end;
    private final Schedule schedule;
    private final ReaderRunner runner;
    private final Thread thread;

    private SimulatedMat(String name, ReaderEnd end, Schedule schedule, ReaderRunner runner) {
        this.name = name;
        this.end = end;
        this.schedule = schedule;
        this.runner = runner;
        this.thread = Thread.ofPlatform().daemon().name("mat-" + name).start(runner);
    }

    /** A Mercury module on a serial line, which it paces. */
    public static SimulatedMat mercury(
            String name, ReaderEnd end, SimClock clock, WireLog wireLog, WireDamage damage, MercuryOptions options) {
        Supplier<FrameParser<ReaderMessage>> hosts = MercuryParser::new;
        Outbox outbox = new Outbox(options.bufferedReads(), hosts);
        ReaderModel model = new SimulatedMercury(options, clock.monotonicNanos(), outbox);
        PacedWriter writer = PacedWriter.baud(end, clock, options.baud());
        return start(name, end, clock, wireLog, damage, hosts, outbox, model, writer);
    }

    /** An IPICO reader, as a rule on TCP. */
    public static SimulatedMat ipico(
            String name, ReaderEnd end, SimClock clock, WireLog wireLog, WireDamage damage, IpicoOptions options) {
        Supplier<FrameParser<ReaderMessage>> hosts = IpicoParser::new;
        Outbox outbox = new Outbox(options.bufferedReads(), hosts);
        long origin = clock.monotonicNanos();
        ReaderModel model = new SimulatedIpico(options, origin, clock.utcNanos(origin), outbox);
        PacedWriter writer = PacedWriter.inPieces(end, clock, options.baud(), IPICO_PIECE);
        return start(name, end, clock, wireLog, damage, hosts, outbox, model, writer);
    }

    /** An R2000 module, on a serial line or behind a network module that passes on what its line says. */
    public static SimulatedMat r2000(
            String name, ReaderEnd end, SimClock clock, WireLog wireLog, WireDamage damage, R2000Options options) {
        Supplier<FrameParser<ReaderMessage>> hosts = R2000Parser::new;
        Outbox outbox = new Outbox(1, hosts);
        ReaderModel model = new SimulatedR2000(options, clock.monotonicNanos(), outbox);
        PacedWriter writer = PacedWriter.baud(end, clock, options.baud());
        return start(name, end, clock, wireLog, damage, hosts, outbox, model, writer);
    }

    /** A Chafon reader on a serial line, which it paces. */
    public static SimulatedMat chafon(
            String name, ReaderEnd end, SimClock clock, WireLog wireLog, WireDamage damage, ChafonOptions options) {
        Supplier<FrameParser<ReaderMessage>> hosts = ChafonParser::new;
        Outbox outbox = new Outbox(options.bufferedReads(), hosts);
        ReaderModel model = new SimulatedChafon(options, clock.monotonicNanos(), outbox);
        PacedWriter writer = PacedWriter.baud(end, clock, options.baud());
        return start(name, end, clock, wireLog, damage, hosts, outbox, model, writer);
    }

    /** An LLRP reader, on a link that the first client keeps. */
    public static SimulatedMat llrp(
            String name, ReaderEnd end, SimClock clock, WireLog wireLog, WireDamage damage, LlrpOptions options) {
        Supplier<FrameParser<ReaderMessage>> hosts = LlrpParser::new;
        Outbox outbox = new Outbox(options.bufferedReads(), hosts);
        long origin = clock.monotonicNanos();
        ReaderModel model = new SimulatedLlrp(options, origin, clock.utcNanos(origin), outbox);
        PacedWriter writer = PacedWriter.unpaced(end, clock);
        return start(name, end, clock, wireLog, damage, hosts, outbox, model, writer);
    }

    private static SimulatedMat start(
            String name,
            ReaderEnd end,
            SimClock clock,
            WireLog wireLog,
            WireDamage damage,
            Supplier<FrameParser<ReaderMessage>> hosts,
            Outbox outbox,
            ReaderModel model,
            PacedWriter writer) {
        Schedule schedule = new Schedule();
        return new SimulatedMat(
                name,
                end,
                schedule,
                new ReaderRunner(name, model, outbox, schedule, hosts, end, writer, clock, wireLog, damage));
    }

    public String name() {
        return name;
    }

    /** What a host opens, see {@link ReaderEnd#address}. */
    public String address() {
        return end.address();
    }

    /** Whether a host is there and the reader reads: from now on a sighting would reach somebody. */
    public boolean reading() {
        return runner.reading() && end.connected();
    }

    /**
     * A sighting that is seen at its own time. One offered after its time is seen at once; a reader that counts in
     * cycles then tells, and the wire log with it, at the earliest the beginning of its present cycle.
     */
    public void offer(Sighting sighting) {
        schedule.offer(sighting);
    }

    /**
     * Sightings in the order of their times, each seen at its time, besides those offered. The mat's own thread asks for
     * the next only after it has seen the last one.
     *
     * @throws IllegalStateException if an earlier sequence has not ended
     */
    public void play(Iterator<Sighting> sightings) {
        schedule.play(RaceSighting.all(sightings), LongUnaryOperator.identity());
    }

    /**
     * The same by a race clock.
     *
     * @param monotonicOfRace when a moment of the race is on CLOCK_MONOTONIC; {@link Long#MAX_VALUE} while that is not
     *     known. It never goes back
     */
    public void play(Iterator<RaceSighting> sightings, LongUnaryOperator monotonicOfRace) {
        schedule.play(sightings, monotonicOfRace);
    }

    /**
     * For a race that is faster than real time: the line takes what the reader says as fast as the host does, and what is
     * due is seen only when the line has room for it, so that none of it is lost for want of time.
     */
    public void hurry() {
        runner.hurry();
    }

    /** How late it is with what it is to see, nanoseconds; 0 if it is not. */
    public long lateNanos() {
        return runner.lateNanos();
    }

    /** Whether the reader is on; it goes off by itself only if its link fails. */
    public boolean running() {
        return thread.isAlive();
    }

    /** Whether all that was offered and played has gone out. */
    public boolean idle() {
        return schedule.isEmpty() && runner.idle();
    }

    /** Something goes wrong in the reader, or is over again. */
    public void suffer(Mishap mishap) {
        runner.suffer(mishap);
    }

    public MatStatistics statistics() {
        return runner.statistics();
    }

    /** Stops after the frame that is going out; reads still in the reader's memory never reach the wire. */
    @Override
    public void close() {
        runner.stop();
        try {
            thread.join(STOP_MILLIS);
            end.close();
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            end.close();
            Thread.currentThread().interrupt();
        }
    }
}
