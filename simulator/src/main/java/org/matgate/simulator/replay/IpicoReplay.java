package org.matgate.simulator.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.matgate.protocol.reader.ReaderTime;
import org.matgate.protocol.reader.TagReport;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.link.PacedWriter;
import org.matgate.simulator.link.ReaderEnd;
import org.matgate.simulator.reader.ControlAnswers;
import org.matgate.simulator.reader.WireLog;
import org.matgate.simulator.reader.WireLog.Fate;
import org.matgate.simulator.reader.WireLog.WireRead;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays captured lines of an IPICO reader onto a link, byte for byte as they were captured. It begins when a client is
 * there, and pauses while none is. Between lines it answers control lines as a reader does.
 */
public final class IpicoReplay {
    private static final Logger log = LoggerFactory.getLogger(IpicoReplay.class);
    private static final long LOOK_NANOS = 2_000_000;

    /** How long a client may take to read the rest and close. */
    private static final Duration FINISH = Duration.ofSeconds(30);

    private final String name;
    private final List<CapturedLine> lines;
    private final Speed speed;
    private final ReaderEnd end;
    private final PacedWriter writer;
    private final SimClock clock;
    private final WireLog wireLog;
    private final ControlAnswers answers;
    private final byte[] buffer = new byte[512];
    private final AtomicLong offered = new AtomicLong();
    private volatile boolean stopping;
    private volatile boolean allSent;
    private int listener;

    /** Reads the file at once. */
    public IpicoReplay(String name, Path file, Speed speed, ReaderEnd end, SimClock clock, WireLog wireLog)
            throws IOException {
        this.name = name;
        this.lines = CapturedLine.read(file);
        this.speed = speed;
        this.end = end;
        this.writer = PacedWriter.unpaced(end, clock);
        this.clock = clock;
        this.wireLog = wireLog;
        this.answers = new ControlAnswers(clock);
    }

    /**
     * Plays all lines and returns when the client has taken them, or gone, or {@link #stop} was called.
     *
     * @param stay keeps the connection open after the last line, until {@link #stop}
     * @throws IOException if the link fails
     */
    public void run(boolean stay) throws IOException {
        long origin = 0;
        long firstMicros = Long.MIN_VALUE;
        long due = Long.MIN_VALUE;
        for (CapturedLine line : lines) {
            long waited = awaitClient();
            ReaderTime time = line.report().map(TagReport::time).orElse(ReaderTime.NONE);
            if (firstMicros == Long.MIN_VALUE && time.base() == ReaderTime.Base.CIVIL) {
                firstMicros = time.micros();
                origin = clock.monotonicNanos();
            } else {
                origin += waited;
            }
            if (time.base() == ReaderTime.Base.CIVIL) {
                // A line out of order does not hold up those behind it, nor go out before those in front.
                due = Math.max(due + waited, origin + speed.dueNanos((time.micros() - firstMicros) * 1000));
                attendUntil(due);
            }
            if (stopping) {
                return;
            }
            send(line, Math.max(due, origin));
        }
        allSent = true;
        log.info("{}: all {} lines are sent", name, lines.size());
        if (stay) {
            stay();
        } else {
            end.finish(FINISH);
        }
    }

    /** Gives how long it had to wait. */
    private long awaitClient() throws IOException {
        if (end.connected()) {
            return 0;
        }
        log.info("{}: waits for a client", name);
        long since = clock.monotonicNanos();
        while (!stopping && !end.connected()) {
            attend(LOOK_NANOS);
        }
        return clock.monotonicNanos() - since;
    }

    private void attendUntil(long monotonicNanos) throws IOException {
        attend(0);
        for (long left = left(monotonicNanos); left > 0 && !stopping; left = left(monotonicNanos)) {
            attend(Math.min(left, LOOK_NANOS));
        }
    }

    private void stay() throws IOException {
        try {
            attendUntil(Long.MAX_VALUE);
        } catch (IOException e) {
            if (!stopping) {
                throw e;
            }
        }
    }

    private long left(long monotonicNanos) {
        return monotonicNanos == Long.MAX_VALUE ? Long.MAX_VALUE : monotonicNanos - clock.monotonicNanos();
    }

    private void attend(long waitNanos) throws IOException {
        int now = end.listener();
        if (now != listener) {
            listener = now;
            answers.listenerChanged();
        }
        int n = end.read(buffer, waitNanos);
        if (n > 0) {
            for (byte[] answer : answers.to(buffer, n)) {
                writer.write(answer);
            }
        }
    }

    private void send(CapturedLine line, long dueNanos) throws IOException {
        PacedWriter.Sent sent = writer.write(line.bytes());
        if (line.report().isEmpty()) {
            return;
        }
        TagReport report = line.report().get();
        offered.incrementAndGet();
        wireLog.offered(
                new WireRead(name, dueNanos, report.chip(), report.antenna(), report.rssiCentiDbm(), report.time()),
                sent.lastByteMonotonicNanos(),
                sent.heard() ? Fate.WHOLE : Fate.NOT_LISTENING);
    }

    /** Reads put on the wire so far. */
    public long offered() {
        return offered.get();
    }

    /** Ends {@link #run} after the line that is going out. */
    public void stop() {
        stopping = true;
        if (allSent) {
            // It may be waiting for a client that does not close.
            end.close();
        }
    }
}
