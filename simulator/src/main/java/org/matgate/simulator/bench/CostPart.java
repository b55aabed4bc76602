package org.matgate.simulator.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.matgate.protocol.stream.Event.TagRead;

/** What a box costs: processor, memory, and the wait from its start to its first read. */
final class CostPart implements Part {
    private static final double READS_PER_SECOND = 1000;

    /** What a race does in ten minutes: until then the compiler takes more than the reads. */
    private static final double WARM_UP_PER_SECOND = 4000;

    private static final int WARM_UP_ROUNDS = 3;

    private static final double CPU_AIM_PERCENT = 5;
    private static final double MEMORY_AIM_MEGABYTES = 120;
    private static final double START_AIM_SECONDS = 1.5;

    /** Of one family at a time, so that a port's share is not lost in what the box does anyway. */
    private static final int POLLED_PORTS = 4;

    @Override
    public List<Row> measure(Ground ground) throws Exception {
        List<Row> rows = new ArrayList<>(box(ground));
        rows.add(polled(ground));
        return rows;
    }

    private static List<Row> box(Ground ground) throws Exception {
        List<Double> starts = new ArrayList<>();
        try (Rig rig = new Rig(ground, "cost")) {
            rig.llrp();
            for (int i = 0; i < ground.fullOrQuick(7, 1); i++) {
                rig.stop();
                starts.add(secondsToFirstRead(rig));
            }
            double seconds = ground.quick() ? 1 : 30;
            double atFirst = percent(rig, seconds, () -> rig.measure(READS_PER_SECOND, seconds));
            for (int i = 0; i < ground.fullOrQuick(WARM_UP_ROUNDS, 0); i++) {
                rig.measure(WARM_UP_PER_SECOND, seconds);
            }
            double percent = percent(rig, seconds, () -> rig.measure(READS_PER_SECOND, seconds));
            return List.of(
                    new Row(
                            "CPU at 1,000 reads/s over TCP",
                            "under 5 % of one core",
                            String.format(
                                    Locale.ROOT,
                                    "%.1f %%; %.1f %% in the first half minute, while it is compiled",
                                    percent,
                                    atFirst),
                            Row.outcome(percent < CPU_AIM_PERCENT),
                            Map.of("percent", percent, "percent_at_first", atFirst)),
                    memory(rig.box().residentMegabytes()),
                    start(Figures.median(starts)));
        }
    }

    private static Row memory(double megabytes) {
        return new Row(
                "resident memory after that",
                "under 120 MB",
                String.format(Locale.ROOT, "%.0f MB", megabytes),
                Row.outcome(megabytes < MEMORY_AIM_MEGABYTES),
                Map.of("megabytes", megabytes));
    }

    private static Row start(double seconds) {
        return new Row(
                "start to first read",
                "under 1.5 s",
                String.format(Locale.ROOT, "%.2f s in the median", seconds),
                Row.outcome(seconds < START_AIM_SECONDS),
                Map.of("seconds", seconds));
    }

    /** From the process's start to the arrival of the first read that it keeps, while chips lie on the mat. */
    private static double secondsToFirstRead(Rig rig) throws Exception {
        long fromSeq = rig.engine().lastSeq() + 1;
        rig.play(200, 600);
        rig.start();
        BenchEngine.await(() -> rig.engine().lastSeq() > fromSeq + 20, 30);
        rig.stopPlaying();
        rig.settle();
        long first = rig.engine().reads(fromSeq).stream()
                .mapToLong(entry -> ((TagRead) entry.event()).arrivalMonotonicNanos())
                .min()
                .orElseThrow(() -> new IOException(
                        "no read came:\n" + String.join("\n", rig.box().said())));
        return (first - rig.box().startedNanos()) / 1e9;
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Of one core, over the time that the work was meant to take. */
    private static double percent(Rig rig, double seconds, Work work) throws Exception {
        long before = rig.box().cpuNanos();
        work.run();
        return (rig.box().cpuNanos() - before) / seconds / 1e7;
    }

    private static Row polled(Ground ground) throws Exception {
        double seconds = ground.quick() ? 1 : 20;
        double r2000 = polled(ground, "r2000", seconds);
        double chafon = polled(ground, "chafon", seconds);
        return new Row(
                "CPU per polled serial port",
                "stated",
                String.format(
                        Locale.ROOT,
                        "r2000 %.1f %%, chafon %.1f %% of one core (a quarter of a box with four, nothing seen)",
                        r2000,
                        chafon),
                Row.Outcome.STATED,
                Map.of("r2000_percent", r2000, "chafon_percent", chafon));
    }

    private static double polled(Ground ground, String family, double seconds) throws Exception {
        try (Rig rig = new Rig(ground, "polled-" + family)) {
            for (int port = 0; port < POLLED_PORTS; port++) {
                if (family.equals("r2000")) {
                    rig.r2000();
                } else {
                    rig.chafon();
                }
            }
            rig.start();
            Thread.sleep(Math.round(seconds * 250));
            return percent(rig, seconds, () -> Thread.sleep(Math.round(seconds * 1000))) / POLLED_PORTS;
        }
    }
}
