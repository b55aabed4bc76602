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

/** A mat from READY to the number of reads offered. */
final class MatRun {
    private static final long LOOK_MILLIS = 20;
    private static final long STATISTICS_NANOS = 5_000_000_000L;
    private static final Duration FINISH = Duration.ofSeconds(5);

    private final MatOptions options;
    private final PrintWriter out;
    private final PrintWriter err;
    private final SimClock clock = SimClock.system();

    MatRun(MatOptions options, PrintWriter out, PrintWriter err) {
        this.options = options;
        this.out = out;
        this.err = err;
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

    /** Runs and gives the exit code: 2 if the link that was asked for cannot be opened, 1 if it failed later. */
    int run(Opener opener, Body body) throws InterruptedException {
        ReaderEnd opened;
        try {
            opened = opener.open();
        } catch (IOException e) {
            return fail(e, 2);
        }
        try (ReaderEnd end = opened) {
            Optional<CsvWireLog> csv = options.openWireLog(clock);
            try {
                WireLog wireLog = csv.<WireLog>map(log -> log).orElse((truth, sent, fate) -> {});
                long offered = body.run(end, clock, wireLog);
                out.println("offered=" + offered);
                out.flush();
            } finally {
                if (csv.isPresent()) {
                    csv.get().close();
                }
            }
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

    /** A mat that invents what it sees. */
    long invent(ReaderEnd end, SimClock now, WireLog wireLog, StopSignal stop, int chipBytes, int antennas, Maker maker)
            throws InterruptedException {
        SimulatedMat mat = maker.make(end, now, wireLog);
        try {
            ready(end);
            watch(mat, stop, chipBytes, antennas);
            if (!stop.asked()) {
                end.finish(FINISH);
            }
        } finally {
            mat.close();
        }
        return mat.statistics().offered();
    }

    private void watch(SimulatedMat mat, StopSignal stop, int chipBytes, int antennas) throws InterruptedException {
        long started = clock.monotonicNanos();
        long nextStatistics = started + STATISTICS_NANOS;
        boolean playing = false;
        while (!stop.await(LOOK_MILLIS) && mat.running() && !over(mat, started, playing)) {
            if (!playing && options.rate() > 0 && mat.reading()) {
                mat.play(invented(mat, started, chipBytes, antennas));
                playing = true;
            }
            if (clock.monotonicNanos() >= nextStatistics) {
                tell(mat.statistics());
                nextStatistics += STATISTICS_NANOS;
            }
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

    private void tell(MatStatistics s) {
        err.printf(
                "offered=%d destroyed=%d ignored=%d overflowed=%d%n",
                s.offered(), s.destroyed(), s.ignored(), s.overflowed());
        err.flush();
    }
}
