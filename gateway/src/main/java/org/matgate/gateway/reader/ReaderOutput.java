package org.matgate.gateway.reader;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
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

/**
 * Does what a session wants: stamps reads and offers them, speaks to the link, and knows since when reads may be
 * missing. All moments are on CLOCK_MONOTONIC, in nanoseconds. Only for the loop's thread, save the counters.
 */
final class ReaderOutput implements SessionOutput {
    /**
     * A gap begins this long before the last good frame: what was destroyed after that frame may have been seen a
     * little before it was told.
     */
    static final long REACH_BACK_NANOS = 50_000_000L;

    private final Source source;
    private final Stamper stamper;
    private final EventSink sink;
    private final ReaderTeller teller;
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong readsLost = new AtomicLong();
    private @Nullable ReaderLink link;
    private @Nullable String broken;
    private boolean ended;
    private long heardNanos;
    private long frameNanos;
    private boolean outage;
    private long outageNanos;

    /** @param lostSinceNanos since when nobody listens to this reader, where that is known */
    ReaderOutput(Source source, Surroundings box, OptionalLong lostSinceNanos) {
        this.source = source;
        this.stamper = box.stamper();
        this.sink = box.sink();
        this.teller = new ReaderTeller(source, stamper, sink);
        this.heardNanos = box.clock().monotonicNanos();
        this.outage = lostSinceNanos.isPresent();
        this.outageNanos = lostSinceNanos.orElse(0);
    }

    ReaderTeller teller() {
        return teller;
    }

    /** Reads that the intake took; from any thread. */
    long reads() {
        return reads.get();
    }

    /** Reads that found no room in the intake; from any thread. */
    long readsLost() {
        return readsLost.get();
    }

    /** A new link is there. */
    void opened(ReaderLink opened, long nowNanos) {
        link = opened;
        broken = null;
        ended = false;
        heardNanos = nowNanos;
    }

    /** There is no link, or no longer: from the last good frame on, reads may be missing. */
    void lost(ReaderPhase phase, String reason, long nowNanos) {
        link = null;
        loseTouch();
        teller.phase(phase, reason, nowNanos);
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
        frameNanos = arrival.beganNanos() - REACH_BACK_NANOS;
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
        teller.gap(gap);
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
            reads.incrementAndGet();
        } else {
            readsLost.incrementAndGet();
            teller.gap(new PendingGap(
                    Gap.Cause.INTAKE_FULL, momentNanos - uncertaintyNanos, arrivalNanos, 1, "the intake is full"));
        }
    }

    @Override
    public void phase(ReaderPhase phase, String detail, long nowNanos) {
        switch (phase) {
            case READING, DEGRADED -> {
                if (outage) {
                    outage = false;
                    String note = outageNanos == 0
                            ? "nobody listened since before this boot"
                            : String.format(Locale.ROOT, "nobody listened for %.1f s", (nowNanos - outageNanos) / 1e9);
                    teller.gap(new PendingGap(Gap.Cause.NOT_LISTENING, outageNanos, nowNanos, 0, note));
                }
            }
            case FINDING, CONNECTING, CONFIGURING, RECOVERING, STOPPED, UNSPECIFIED -> {
                if (teller.reading()) {
                    loseTouch();
                }
            }
        }
        teller.phase(phase, detail, nowNanos);
    }

    @Override
    public void antenna(int antenna, AntennaCondition condition, String detail, long nowNanos) {
        teller.antenna(new AntennaState(stamper.stamp(nowNanos, 1), source, antenna, condition, detail));
    }

    @Override
    public void gap(Gap.Cause cause, long count, String detail, long nowNanos) {
        teller.gap(new PendingGap(cause, heardNanos, nowNanos, count, detail));
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

    private void loseTouch() {
        if (!outage) {
            outage = true;
            outageNanos = heardNanos;
        }
    }
}
