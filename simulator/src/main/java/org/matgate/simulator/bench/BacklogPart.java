package org.matgate.simulator.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * A million events that the engine lacks are drained while live reads go on. An engine that comes back empty makes the
 * backlog anew, so that drained and undisturbed stretches take turns on one box.
 */
final class BacklogPart implements Part {
    private static final double AIM = 2;
    private static final double LIVE_PER_SECOND = 500;
    private static final double PATIENCE_SECONDS = 600;

    @Override
    public List<Row> measure(Ground ground) throws Exception {
        int backlog = ground.fullOrQuick(1_000_000, 20_000);
        int rounds = ground.fullOrQuick(3, 1);
        double seconds = ground.quick() ? 0.5 : 10;
        Histogram alone = Figures.histogram();
        Histogram drained = Figures.histogram();
        List<Double> ratios = new ArrayList<>();
        List<Double> perSecond = new ArrayList<>();
        try (Rig rig = new Rig(ground, "backlog")) {
            rig.llrp();
            String config = rig.configure().toString();
            GatewayTool.run(ground, List.of("fill", "--config", config, "--rows", String.valueOf(backlog)));
            rig.start();
            awaitStored(rig, backlog);
            rig.measure(LIVE_PER_SECOND, seconds);
            for (int round = 1; round <= rounds; round++) {
                Histogram quiet = rig.measure(LIVE_PER_SECOND, seconds);
                Drain drain = drain(rig, round);
                alone.add(quiet);
                drained.add(drain.delays);
                perSecond.add(drain.perSecond);
                ratios.add(Figures.millis(drain.delays, 99) / Figures.millis(quiet, 99));
            }
        }
        return List.of(row(backlog, alone, drained, Figures.median(ratios), Figures.median(perSecond)));
    }

    private record Drain(Histogram delays, double perSecond) {}

    private static Drain drain(Rig rig, int round) throws Exception {
        long lacking = rig.engine().lastSeq();
        rig.engine().beginAnew(rig.directory().resolve("engine-" + round + ".db"));
        // What is sent while nobody is connected waits for the connection, not behind the backlog.
        if (!BenchEngine.await(() -> rig.engine().firstAcknowledgedNanos().isPresent(), PATIENCE_SECONDS)) {
            throw new IOException("the box does not come back:\n"
                    + String.join("\n", rig.box().said()));
        }
        long began = rig.now();
        rig.sent().forget(began);
        rig.play(LIVE_PER_SECOND, PATIENCE_SECONDS);
        awaitStored(rig, lacking);
        long ended = rig.now();
        rig.stopPlaying();
        rig.settle();
        Histogram delays = rig.engine().delays(lacking + 1, rig.sent(), ended);
        return new Drain(delays, lacking * 1e9 / (ended - began));
    }

    private static void awaitStored(Rig rig, long events) throws IOException, InterruptedException {
        if (!BenchEngine.await(() -> rig.engine().stored() >= events, PATIENCE_SECONDS)) {
            throw new IOException("after " + PATIENCE_SECONDS + " s the engine has "
                    + rig.engine().stored() + " of " + events + " events:\n"
                    + String.join("\n", rig.box().said()));
        }
    }

    private static Row row(int backlog, Histogram alone, Histogram drained, double ratio, double perSecond) {
        return new Row(
                String.format(Locale.ROOT, "backlog of %,d drained, live p99", backlog),
                "at most 2 × undisturbed",
                String.format(
                        Locale.ROOT,
                        "%.1f ×: %s, undisturbed %s; drained at %,.0f events/s",
                        ratio,
                        Figures.delays(drained),
                        Figures.delays(alone),
                        perSecond),
                Row.outcome(ratio <= AIM),
                Map.of(
                        "ratio_p99",
                        ratio,
                        "p99_ms",
                        Figures.millis(drained, 99),
                        "undisturbed_p99_ms",
                        Figures.millis(alone, 99),
                        "drained_per_second",
                        perSecond,
                        "live_reads",
                        (double) drained.getTotalCount()));
    }
}
