package org.matgate.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.link.ReaderEnd;
import org.matgate.simulator.reader.CsvWireLog;
import org.matgate.simulator.reader.InventedSightings;
import org.matgate.simulator.reader.MatStatistics;
import org.matgate.simulator.reader.SimulatedMat;
import org.matgate.simulator.reader.WireLog;
import org.matgate.simulator.replay.ReadFile;
import org.matgate.simulator.replay.ReadPlayer;

/** A mat from READY to the number of reads offered. */
final class MatRun {
    private static final long LOOK_MILLIS = 20;
    private static final long STATISTICS_NANOS = 5_000_000_000L;
    private static final Duration FINISH = Duration.ofSeconds(5);

    private final MatOptions options;
    private final PrintWriter out;
    private final PrintWriter err;
    private final SimClock clock = SimClock.system();
    private long toldNanos = clock.monotonicNanos();

    MatRun(MatOptions options, PrintWriter out, PrintWriter err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    /** Of something that is no mat and has no options of one. */
    MatRun(PrintWriter out, PrintWriter err) {
        this(new MatOptions(), out, err);
    }

    /** Makes the mat. */
    @FunctionalInterface
    interface Maker {
        SimulatedMat make(ReaderEnd end, SimClock clock, WireLog wireLog);
    }

    /** Opens the mat's link. */
    @FunctionalInterface
    interface Opener {
        ReaderEnd open() throws IOException;
    }

    /** Something that runs on an open link until it is done or stopped. */
    @FunctionalInterface
    interface Body {
        long run(ReaderEnd end, SimClock clock, WireLog wireLog) throws IOException, InterruptedException;
    }

    /** Something that runs on an open link and gives its last line. */
    @FunctionalInterface
    interface Plain {
        String run(ReaderEnd end, SimClock clock) throws IOException, InterruptedException;
    }

    /** Runs and gives the exit code: 2 if the link that was asked for cannot be opened, 1 if it failed later. */
    int run(Opener opener, Body body) throws InterruptedException {
        return run(opener, (end, now) -> {
            Optional<CsvWireLog> csv = options.openWireLog(now);
            try {
                WireLog wireLog = csv.<WireLog>map(log -> log).orElse((truth, sent, fate) -> {});
                return "offered=" + body.run(end, now, wireLog);
            } finally {
                if (csv.isPresent()) {
                    csv.get().close();
                }
            }
        });
    }

    /** The same for what tells of no reads. */
    int run(Opener opener, Plain body) throws InterruptedException {
        ReaderEnd opened;
        try {
            opened = opener.open();
        } catch (IOException e) {
            return fail(e, 2);
        }
        try (ReaderEnd end = opened) {
            out.println(body.run(end, clock));
            out.flush();
            return 0;
        } catch (IOException e) {
            return fail(e, 1);
        }
    }

    private int fail(IOException e, int exitCode) {
        err.println("matsim: " + FileProblem.text(e));
        return exitCode;
    }

    void ready(ReaderEnd end) {
        out.println("READY " + end.address());
        out.flush();
    }

    /**
     * What a mat sees.
     *
     * @param file what it sees; else it invents
     * @param recorded how the file is played
     * @param chipBytes bytes in the identity of an invented chip
     * @param antennas how many see invented chips
     */
    record Sights(Optional<ReadFile> file, RecordedOptions recorded, int chipBytes, int antennas) {}

    /** A mat that sees what is in a file, or invents what it sees. */
    long see(ReaderEnd end, SimClock now, WireLog wireLog, StopSignal stop, Sights sights, Maker maker)
            throws IOException, InterruptedException {
        SimulatedMat mat = maker.make(end, now, wireLog);
        try {
            ready(end);
            if (sights.file().isPresent()) {
                play(mat, stop, sights.file().get(), sights.recorded());
            } else {
                watch(mat, stop, sights.chipBytes(), sights.antennas());
            }
            if (!stop.asked()) {
                end.finish(FINISH);
            }
        } finally {
            mat.close();
        }
        return mat.statistics().offered();
    }

    private void play(SimulatedMat mat, StopSignal stop, ReadFile file, RecordedOptions recorded)
            throws IOException, InterruptedException {
        long started = clock.monotonicNanos();
        ReadPlayer player = new ReadPlayer(mat, file, recorded.speed(), clock);
        player.play(options.count(), () -> {
            tellNowAndThen(mat);
            return !stop.asked() && !timeIsUp(started);
        });
        while (recorded.stay() && mat.running() && !timeIsUp(started) && !stop.await(LOOK_MILLIS)) {
            tellNowAndThen(mat);
        }
        MatStatistics s = mat.statistics();
        if (s.offered() < player.given()) {
            // Not necessarily a fault: readers that were told so report a chip that they see twice once only.
            err.printf(
                    "matsim: of %d reads of the file %d went onto the wire: ignored=%d overflowed=%d%n",
                    player.given(), s.offered(), s.ignored(), s.overflowed());
            err.flush();
        }
    }

    private void watch(SimulatedMat mat, StopSignal stop, int chipBytes, int antennas) throws InterruptedException {
        long started = clock.monotonicNanos();
        boolean playing = false;
        while (!stop.await(LOOK_MILLIS) && mat.running() && !over(mat, started, playing)) {
            if (!playing && options.rate() > 0 && mat.reading()) {
                mat.play(invented(mat, started, chipBytes, antennas));
                playing = true;
            }
            tellNowAndThen(mat);
        }
    }

    private InventedSightings invented(SimulatedMat mat, long started, int chipBytes, int antennas) {
        return new InventedSightings(
                options.seed(),
                clock.monotonicNanos(),
                options.rate(),
                options.chips(),
                chipBytes,
                antennas,
                () -> mat.statistics().taken() < options.count() && !timeIsUp(started));
    }

    private boolean timeIsUp(long started) {
        return clock.monotonicNanos() - started >= options.durationNanos();
    }

    private boolean over(SimulatedMat mat, long started, boolean playing) {
        return playing ? mat.idle() : timeIsUp(started);
    }

    private void tellNowAndThen(SimulatedMat mat) {
        if (clock.monotonicNanos() - toldNanos >= STATISTICS_NANOS) {
            toldNanos = clock.monotonicNanos();
            MatStatistics s = mat.statistics();
            err.printf(
                    "offered=%d destroyed=%d ignored=%d overflowed=%d%s%n",
                    s.offered(),
                    s.destroyed(),
                    s.ignored(),
                    s.overflowed(),
                    mat.reading() ? "" : ": waits for a host that has it read");
            err.flush();
        }
    }
}
