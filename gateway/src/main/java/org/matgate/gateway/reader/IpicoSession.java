package org.matgate.gateway.reader;

import org.matgate.gateway.clock.ReaderClock;
import org.matgate.protocol.ipico.IpicoMessage;
import org.matgate.protocol.reader.FamilyMessage;
import org.matgate.protocol.reader.ReaderMessage;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;
import org.matgate.protocol.stream.Event.ReaderPhase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to an IPICO reader, which reads whether it is asked to or not. A reader that says nothing sees no chip. What
 * is known of its clock outlives a link, since the reader does.
 */
final class IpicoSession implements ReaderSession {
    private static final Logger LOG = LoggerFactory.getLogger(IpicoSession.class);

    /** Lines are late by up to 70 ms and more in bursts: half a minute holds some that were not. */
    private static final long WINDOW_NANOS = 30_000_000_000L;

    private static final long QUANTUM_NANOS = 10_000_000L;

    /** A line without a time says only that the reader sent it a moment ago. */
    private static final long NO_TIME_UNCERTAINTY_NANOS = 100_000_000L;

    private final String name;
    private final RawTime time;
    private final SessionOutput output;
    private final ReaderClock clock = new ReaderClock(WINDOW_NANOS, QUANTUM_NANOS);
    private final Repeats rejections;

    IpicoSession(String name, RawTime time, SessionOutput output) {
        this.name = name;
        this.time = time;
        this.output = output;
        this.rejections = new Repeats(LOG, "reader " + name);
    }

    @Override
    public void opened(long nowNanos) {
        output.phase(ReaderPhase.READING, "IPICO reader", nowNanos);
    }

    @Override
    public void message(ReaderMessage message, Arrival arrival) {
        switch (message) {
            case TagReport report -> read(report, arrival);
            case IpicoMessage.Control control -> {
                if (control.rejected()) {
                    rejections.failed("rejects a command: " + control);
                } else {
                    LOG.info("reader {} says {}", name, control);
                }
            }
            case IpicoMessage.Blank blank -> LOG.trace("reader {} says {}", name, blank);
            case FamilyMessage other -> throw new IllegalArgumentException("an IPICO reader does not say " + other);
        }
    }

    private void read(TagReport report, Arrival arrival) {
        if (report.time().base() != ReaderTime.Base.CIVIL) {
            output.read(report, arrival.beganNanos(), NO_TIME_UNCERTAINTY_NANOS, arrival.endedNanos());
            return;
        }
        long reader = 1_000 * report.time().micros();
        clock.observe(reader, time.rawOfMonotonic(arrival.beganNanos()));
        ReaderClock.Mapped mapped = clock.map(reader);
        long moment = Math.min(time.monotonicOfRaw(mapped.rawNanos()), arrival.beganNanos());
        output.read(report, moment, mapped.uncertaintyNanos(), arrival.endedNanos());
    }

    @Override
    public void damaged(long nowNanos) {}

    @Override
    public void tick(long nowNanos) {}

    @Override
    public void stop(long nowNanos) {
        output.ended();
    }

    @Override
    public void closed(long nowNanos) {}
}
