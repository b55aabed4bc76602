package org.matgate.gateway.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.matgate.gateway.clock.BoxClock;
import org.matgate.gateway.clock.Stamper;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.link.LinkOpeners;
import org.matgate.gateway.reader.ReaderLoop;
import org.matgate.gateway.reader.ReaderPower;
import org.matgate.gateway.reader.ReaderStatus;
import org.matgate.gateway.reader.Surroundings;
import org.matgate.gateway.status.AntennaLine;
import org.matgate.gateway.status.Facts;
import org.matgate.gateway.status.Findings;
import org.matgate.gateway.status.Line;
import org.matgate.gateway.status.ReaderLines;
import org.matgate.protocol.stream.Event.ReaderPhase;

/** Brings readers up as the service does, all at once, and lets the crew wave a chip at them. One thread only. */
final class ReaderCheck implements AutoCloseable {
    /** Somewhat more than a reader may take before it counts as one that does not come up. */
    private static final long BRING_UP_NANOS = 16_000_000_000L;

    /** A reader that is not to be found is tried again for so long: it may be starting. */
    private static final long FIND_NANOS = 6_000_000_000L;

    /** What a reader tells of itself comes while it reads. */
    private static final long VITALS_NANOS = 2_500_000_000L;

    private static final long LOOK_MILLIS = 100;

    /** A loop, and the reader that it reads. */
    private record Running(Config.Reader reader, ReaderLoop loop) {
        boolean reads() {
            return ReaderLines.reads(loop.status().phase());
        }

        /** Whether a chip that is waved can show. */
        boolean testable() {
            return reads() && !loop.status().keepsForTheService();
        }

        boolean settled(long sinceNanos) {
            return reads() || (loop.status().phase() == ReaderPhase.FINDING && sinceNanos >= FIND_NANOS);
        }
    }

    private final BoxClock clock;
    private final Stamper stamper;
    private final Listener listener;
    private final TestReads reads = new TestReads();
    private final List<Running> running = new ArrayList<>();

    ReaderCheck(List<Config.Reader> readers, BoxClock clock, Stamper stamper, Listener listener) {
        this.clock = clock;
        this.stamper = stamper;
        this.listener = listener;
        Surroundings surroundings = new Surroundings(clock, stamper, reads, () -> 0, true, ReaderPower.NONE);
        for (Config.Reader reader : readers) {
            ReaderLoop loop = new ReaderLoop(
                    reader, LinkOpeners.of(reader.link()), surroundings, new Random(), OptionalLong.empty());
            running.add(new Running(reader, loop));
            loop.start();
        }
    }

    /** Waits until all readers read, or are known not to. */
    void bringUp() throws InterruptedException {
        long began = clock.monotonicNanos();
        long since = 0;
        while (since < BRING_UP_NANOS && !allSettled(since)) {
            listener.progress("bringing readers up: "
                    + running.stream()
                            .map(one -> one.reader().source().reader() + " "
                                    + phase(one.loop().status()))
                            .collect(Collectors.joining(", ")));
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            since = clock.monotonicNanos() - began;
        }
        if (running.stream().anyMatch(Running::reads)) {
            listener.progress("hearing what the readers say of themselves");
            TimeUnit.NANOSECONDS.sleep(VITALS_NANOS);
        }
    }

    private boolean allSettled(long since) {
        return running.stream().allMatch(one -> one.settled(since));
    }

    private static String phase(ReaderStatus status) {
        return status.phase().name().toLowerCase(Locale.ROOT);
    }

    /** Waits until each antenna of each reader that reads has read a chip, at most so long. */
    void testRead(int seconds) throws InterruptedException {
        reads.restart();
        long began = clock.monotonicNanos();
        List<Running> wanted = running.stream().filter(Running::testable).toList();
        long left = seconds;
        while (left > 0 && !wanted.stream().allMatch(one -> reads.complete(one.reader()))) {
            listener.ask("WAVE A CHIP over " + missing(wanted) + "; " + left + " s left");
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            left = seconds - TimeUnit.NANOSECONDS.toSeconds(clock.monotonicNanos() - began);
        }
    }

    private String missing(List<Running> wanted) {
        return wanted.stream()
                .filter(one -> !reads.complete(one.reader()))
                .map(one -> one.reader().source().reader() + " antenna "
                        + one.reader().antennas().stream()
                                .filter(antenna ->
                                        reads.of(one.reader().source().reader(), antenna)
                                                        .reads()
                                                == 0)
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    /** A line for each reader, and below it one for each of its antennas if it reads. */
    List<Line> lines(boolean tested) {
        List<Line> lines = new ArrayList<>();
        long now = clock.monotonicNanos();
        for (Running one : running) {
            ReaderStatus status = one.loop().status();
            lines.add(ReaderLines.reader(one.reader(), status, now, stamper));
            if (ReaderLines.reads(status.phase())) {
                boolean read = tested && !status.keepsForTheService();
                one.reader()
                        .antennas()
                        .forEach(antenna -> lines.add(antenna(one.reader(), antenna, status.antenna(antenna), read)));
            }
        }
        return lines;
    }

    private Line antenna(Config.Reader reader, int number, ReaderStatus.Antenna antenna, boolean tested) {
        TestReads.Tally tally = reads.of(reader.source().reader(), number);
        Findings findings = new Findings();
        AntennaLine.judge(findings, number, antenna);
        findings.warn(
                tested && tally.reads() == 0 && !AntennaLine.disconnected(antenna),
                "no chip was read: wave one closer and longer; if none is read then, try another cable and antenna");
        Facts facts = AntennaLine.facts(number, true, antenna)
                .with("reader", reader.source().reader())
                .with("test_reads", tested ? OptionalLong.of(tally.reads()) : OptionalLong.empty());
        facts = tally.bestCentiDbm().isPresent()
                ? facts.with("best_rssi_dbm", tally.bestCentiDbm().getAsInt() / 100.0)
                : facts.with("best_rssi_dbm", OptionalInt.empty());
        return findings.line(
                "antenna",
                reader.source().reader() + "/" + number,
                AntennaLine.words(antenna) + (tested ? ", " + words(tally) : ""),
                facts);
    }

    private static String words(TestReads.Tally tally) {
        String best = tally.bestCentiDbm().isPresent()
                ? String.format(
                        Locale.ROOT,
                        ", the best at %.0f dBm",
                        tally.bestCentiDbm().getAsInt() / 100.0)
                : "";
        return tally.reads() == 0
                ? "NO READ"
                : tally.reads() + (tally.reads() == 1 ? " test read" : " test reads") + best;
    }

    /** Leaves the readers as a service that stops does. */
    @Override
    public void close() {
        try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
            running.forEach(one -> closing.execute(one.loop()::close));
        }
    }
}
