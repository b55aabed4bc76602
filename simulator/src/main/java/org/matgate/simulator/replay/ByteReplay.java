package org.matgate.simulator.replay;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
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
 * Plays what a reader said onto a link, byte for byte as it was captured. It begins when a client is there, and pauses
 * while none is.
 */
public final class ByteReplay {
    private static final Logger log = LoggerFactory.getLogger(ByteReplay.class);
    private static final long LOOK_NANOS = 2_000_000;

    /** How long a client may take to read the rest and close. */
    private static final Duration FINISH = Duration.ofSeconds(30);

    private final String name;
    private final CaptureFile file;
    private final Speed speed;
    private final ReaderEnd end;
    private final PacedWriter writer;
    private final SimClock clock;
    private final WireLog wireLog;
    private final Optional<ControlAnswers> answers;
    private final byte[] buffer = new byte[512];
    private final AtomicLong offered = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean stopping;
    private volatile boolean allSent;
    /** The moment of the clock at which the file begins, less what nobody listened; none before the first time in it. */
    private OptionalLong originNanos = OptionalLong.empty();

    private long firstNanos;

    /** How long after that the last is due that was taken from the file. */
    private long laterNanos;

    private int listener;

    private ByteReplay(
            String name,
            CaptureFile file,
            Speed speed,
            ReaderEnd end,
            PacedWriter writer,
            SimClock clock,
            WireLog wireLog,
            Optional<ControlAnswers> answers) {
        this.name = name;
        this.file = file;
        this.speed = speed;
        this.end = end;
        this.writer = writer;
        this.clock = clock;
        this.wireLog = wireLog;
        this.answers = answers;
    }

    /** Lines of an IPICO reader; between them it answers control lines as such a reader does. */
    public static ByteReplay ipico(
            String name, CaptureFile file, Speed speed, ReaderEnd end, SimClock clock, WireLog wireLog) {
        PacedWriter writer = PacedWriter.unpaced(end, clock);
        return new ByteReplay(name, file, speed, end, writer, clock, wireLog, Optional.of(new ControlAnswers(clock)));
    }

    /** Whatever a reader said, through {@code writer}; what a client says is not heard. */
    public static ByteReplay deaf(
            String name, CaptureFile file, Speed speed, ReaderEnd end, PacedWriter writer, SimClock clock) {
        return new ByteReplay(name, file, speed, end, writer, clock, (truth, sent, fate) -> {}, Optional.empty());
    }

    /**
     * Plays all and returns when the client has taken it, or gone, or {@link #stop} was called.
     *
     * @param stay keeps the connection open after the last byte, until {@link #stop}
     * @throws IOException if the link or the file fails
     */
    public void run(boolean stay) throws IOException {
        try (Capture capture = file.open()) {
            for (Optional<CapturedBytes> said = capture.next(); said.isPresent(); said = capture.next()) {
                await(said.get());
                if (stopping) {
                    return;
                }
                send(said.get());
            }
        }
        allSent = true;
        log.info("{}: all is sent", name);
        if (stay) {
            stay();
        } else {
            end.finish(FINISH);
        }
    }

    /** Waits until a client is there and it is time for this. */
    private void await(CapturedBytes said) throws IOException {
        awaitClient();
        if (said.nanos().isPresent()) {
            long nanos = said.nanos().getAsLong();
            if (originNanos.isEmpty()) {
                firstNanos = file.startNanos().orElse(nanos);
                originNanos = OptionalLong.of(clock.monotonicNanos());
            }
            // A line out of order does not hold up those behind it, nor go out before those in front.
            laterNanos = Math.max(laterNanos, speed.dueNanos(nanos - firstNanos));
        }
        attend(0);
        for (long left = leftNanos(); left > 0 && !stopping; left = leftNanos()) {
            attend(Math.min(left, LOOK_NANOS));
            awaitClient();
        }
    }

    private long leftNanos() {
        return originNanos.isEmpty() ? 0 : originNanos.getAsLong() + laterNanos - clock.monotonicNanos();
    }

    /** What passes while nobody is there does not count. */
    private void awaitClient() throws IOException {
        if (end.connected()) {
            return;
        }
        log.info("{}: waits for a client", name);
        long since = clock.monotonicNanos();
        while (!stopping && !end.connected()) {
            attend(LOOK_NANOS);
        }
        if (originNanos.isPresent()) {
            originNanos = OptionalLong.of(originNanos.getAsLong() + clock.monotonicNanos() - since);
        }
    }

    private void stay() throws IOException {
        try {
            while (!stopping) {
                attend(LOOK_NANOS);
            }
        } catch (IOException e) {
            if (!stopping) {
                throw e;
            }
        }
    }

    private void attend(long waitNanos) throws IOException {
        int now = end.listener();
        if (now != listener) {
            listener = now;
            answers.ifPresent(ControlAnswers::listenerChanged);
        }
        int n = end.read(buffer, waitNanos);
        if (n > 0 && answers.isPresent()) {
            for (byte[] answer : answers.get().to(buffer, n)) {
                writer.write(answer);
            }
        }
    }

    private void send(CapturedBytes said) throws IOException {
        long due = originNanos.orElse(clock.monotonicNanos()) + laterNanos;
        PacedWriter.Sent sent = writer.write(said.bytes());
        bytes.addAndGet(said.bytes().length);
        if (said.report().isEmpty()) {
            return;
        }
        TagReport report = said.report().get();
        offered.incrementAndGet();
        wireLog.offered(
                new WireRead(name, due, report.chip(), report.antenna(), report.rssiCentiDbm(), report.time()),
                sent.lastByteMonotonicNanos(),
                sent.heard() ? Fate.WHOLE : Fate.NOT_LISTENING);
    }

    /** Bytes put on the wire so far. */
    public long bytes() {
        return bytes.get();
    }

    /** Reads put on the wire so far. */
    public long offered() {
        return offered.get();
    }

    /** Ends {@link #run} after what is going out. */
    public void stop() {
        stopping = true;
        if (allSent) {
            // It may be waiting for a client that does not close.
            end.close();
        }
    }
}
