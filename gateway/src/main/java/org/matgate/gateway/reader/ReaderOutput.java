package org.matgate.gateway.reader;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.matgate.gateway.clock.Stamper;
import org.matgate.gateway.journal.EventSink;
import org.matgate.gateway.link.ReaderLink;
import org.matgate.protocol.reader.Skipped;
import org.matgate.protocol.reader.TagReport;
import org.matgate.protocol.stream.Event.AntennaCondition;
import org.matgate.protocol.stream.Event.AntennaState;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.matgate.protocol.stream.Event.TagRead;
import org.matgate.protocol.stream.Gap;
import org.matgate.protocol.stream.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what a session wants: stamps reads and offers them, speaks to the link, and knows since when reads may be
 * missing. All moments are on CLOCK_MONOTONIC, in nanoseconds. Only for the loop's thread, save the counters.
 */
final class ReaderOutput implements SessionOutput {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderOutput.class);

    /**
     * A gap begins this long before the last good frame: what was destroyed after that frame may have been seen a
     * little before it was told.
     */
    static final long REACH_BACK_NANOS = 50_000_000L;

    private final Source source;
    private final Stamper stamper;
    private final EventSink sink;
    private final ReaderTeller teller;
    private final Repeats failures;
    private final SparingLog damage;
    private final SparingLog drops;
    private final ReaderBoard board;
    private final boolean looksOnly;
    private OptionalInt baud = OptionalInt.empty();
    private OptionalInt nextBaud = OptionalInt.empty();
    private boolean understood;
    private @Nullable ReaderLink link;
    private @Nullable String broken;
    private boolean ended;
    private long heardNanos;
    private long frameNanos;

    /**
     * @param port names the link for a person
     * @param antennas in use
     * @param lostSinceNanos since when nobody listens to this reader, where that is known; the gap reaches back further
     *     by what a process that was killed may not have told of its last second
     */
    ReaderOutput(Source source, String port, List<Integer> antennas, Surroundings box, OptionalLong lostSinceNanos) {
        this.source = source;
        this.stamper = box.stamper();
        this.sink = box.sink();
        this.looksOnly = box.looksOnly();
        this.teller = new ReaderTeller(source, stamper, sink);
        String subject = "reader " + source.reader() + " (" + port + ")";
        this.failures = new Repeats(LOG, subject);
        this.damage = new SparingLog(LOG, subject);
        this.drops = new SparingLog(LOG, subject);
        this.heardNanos = box.clock().monotonicNanos();
        this.board = new ReaderBoard(source, port, antennas, heardNanos);
        lostSinceNanos.ifPresent(
                since -> teller.outage(Math.max(0, since - ReaderTeller.GAP_EVERY_NANOS - REACH_BACK_NANOS)));
    }

    ReaderTeller teller() {
        return teller;
    }

    /** How the reader stands; from any thread. */
    ReaderBoard board() {
        return board;
    }

    /**
     * A new link is there.
     *
     * @param lineBaud its rate, on a serial line
     */
    void opened(ReaderLink opened, OptionalInt lineBaud, long nowNanos) {
        link = opened;
        baud = lineBaud;
        nextBaud = OptionalInt.empty();
        understood = false;
        broken = null;
        ended = false;
        heardNanos = nowNanos - REACH_BACK_NANOS;
    }

    /** There is no link, or no longer: from the last good frame on, reads may be missing. */
    void lost(ReaderPhase phase, String reason, long nowNanos) {
        link = null;
        failures.failed(reason);
        teller.outage(heardNanos);
        board.phase(phase, reason, nowNanos);
        teller.phase(phase, reason, nowNanos);
        teller.flush(nowNanos);
    }

    /** Whether a good frame came over the present link. */
    boolean understood() {
        return understood;
    }

    /** The rate at which the reader was told to speak from now on. */
    OptionalInt nextBaud() {
        return nextBaud;
    }

    /** Why the link has to be given up, once it has. */
    Optional<String> broken() {
        return Optional.ofNullable(broken);
    }

    /** Whether the session has nothing left to say. */
    boolean hasEnded() {
        return ended;
    }

    /** A good frame came; what the session makes of it comes next, then {@link #frameDone}. */
    void frame(Arrival arrival) {
        understood = true;
        // Where this host was late to look the frame, and what came after it, may have been there for that long.
        frameNanos = arrival.sinceNanos() - REACH_BACK_NANOS;
    }

    /** The session is through with the frame: what is destroyed from now on was seen after it. */
    void frameDone() {
        heardNanos = frameNanos;
    }

    /** Bytes of the stream are of no use. */
    void skipped(Skipped skipped, long nowNanos) {
        String note = skipped.reason() + " " + skipped.sample();
        PendingGap gap = switch (skipped.reason()) {
            case NOISE, TRUNCATED ->
                new PendingGap(Gap.Cause.BYTES_SKIPPED, heardNanos, nowNanos, skipped.length(), note);
            case BAD_CHECKSUM, MALFORMED -> new PendingGap(Gap.Cause.BAD_FRAME, heardNanos, nowNanos, 1, note);
        };
        tell(gap);
        damage.warn(skipped.length() + " bytes are of no use: " + note, nowNanos);
    }

    @Override
    public void send(byte[] bytes) {
        if (link == null || broken != null) {
            return;
        }
        try {
            link.write(bytes);
        } catch (IOException e) {
            reconnect("sending failed: " + e.getMessage());
        }
    }

    @Override
    public void read(TagReport report, long momentNanos, long uncertaintyNanos, long arrivalNanos) {
        frameNanos = Math.min(frameNanos, momentNanos - uncertaintyNanos - REACH_BACK_NANOS);
        TagRead read = new TagRead(
                stamper.stamp(momentNanos, uncertaintyNanos),
                source,
                report.antenna(),
                report.chip(),
                report.rssiCentiDbm(),
                report.time(),
                arrivalNanos,
                report.sightings());
        if (sink.offer(read)) {
            board.read(report, arrivalNanos);
        } else {
            board.readLost();
            drops.warn("a read is dropped, because the journal does not keep up: " + report, arrivalNanos);
            tell(new PendingGap(
                    Gap.Cause.INTAKE_FULL, momentNanos - uncertaintyNanos, arrivalNanos, 1, "the intake is full"));
        }
    }

    @Override
    public void phase(ReaderPhase phase, String detail, long nowNanos) {
        switch (phase) {
            case READING, DEGRADED -> {
                failures.worked("reading again");
                teller.endOutage(nowNanos);
            }
            case FINDING, CONNECTING, CONFIGURING, RECOVERING, UNSPECIFIED -> {
                if (teller.reading()) {
                    teller.outage(heardNanos);
                }
            }
            case STOPPED -> LOG.debug("reader {}: stopped", source.reader());
        }
        board.phase(phase, detail, nowNanos);
        teller.phase(phase, detail, nowNanos);
    }

    @Override
    public void antenna(int antenna, AntennaCondition condition, String detail, long nowNanos) {
        board.antenna(antenna, condition, detail);
        teller.antenna(new AntennaState(stamper.stamp(nowNanos, 1), source, antenna, condition, detail), nowNanos);
    }

    @Override
    public void gap(Gap.Cause cause, long count, String detail, long nowNanos) {
        tell(new PendingGap(cause, heardNanos, nowNanos, count, detail));
    }

    @Override
    public void paused(long sinceNanos, String why, long nowNanos) {
        String note = String.format(Locale.ROOT, "did not read for %.2f s, %s", (nowNanos - sinceNanos) / 1e9, why);
        tell(new PendingGap(Gap.Cause.NOT_LISTENING, sinceNanos, nowNanos, 0, note));
    }

    @Override
    public void unheard(long fromNanos, long untilNanos, String detail) {
        tell(new PendingGap(Gap.Cause.NOT_LISTENING, fromNanos - REACH_BACK_NANOS, untilNanos, 0, detail));
    }

    private void tell(PendingGap gap) {
        board.gap(gap.untilNanos());
        teller.gap(gap);
    }

    @Override
    public void learned(Vital vital) {
        board.learned(vital);
    }

    @Override
    public boolean looksOnly() {
        return looksOnly;
    }

    @Override
    public OptionalInt lineBaud() {
        return baud;
    }

    @Override
    public void lineBaud(int next) {
        nextBaud = OptionalInt.of(next);
    }

    @Override
    public void reconnect(String reason) {
        if (broken == null) {
            broken = reason;
        }
    }

    @Override
    public void ended() {
        ended = true;
    }
}
