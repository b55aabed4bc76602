package org.matgate.simulator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** From a reader's last byte to the engine's acknowledgement, beside a floor that only syncs and echoes. */
final class LatencyPart implements Part {
    private static final double P50_AIM_MILLIS = 1;
    private static final double P99_AIM_MILLIS = 10;

    private final boolean tcp;

    /** @param tcp LLRP over TCP at 2,000 reads a second, else Mercury on a pseudo-terminal at 300 */
    LatencyPart(boolean tcp) {
        this.tcp = tcp;
    }

    @Override
    public List<Row> measure(Ground ground) throws Exception {
        double perSecond = tcp ? 2000 : 300;
        double seconds = ground.quick() ? 0.5 : 5;
        int rounds = ground.fullOrQuick(5, 1);
        Histogram product = Figures.histogram();
        Histogram floor = Figures.histogram();
        List<Double> ratios = new ArrayList<>();
        try (Rig rig = new Rig(ground, tcp ? "llrp" : "mercury");
                Floor bare = Floor.open(ground.clock(), rig.directory().resolve("floor"), tcp)) {
            if (tcp) {
                rig.llrp();
            } else {
                rig.mercury();
            }
            rig.start();
            for (int round = 0; round <= rounds; round++) {
                Histogram ofProduct = rig.measure(perSecond, seconds);
                Histogram ofFloor = bare.measure(perSecond, seconds);
                // The first warms up.
                if (round > 0) {
                    product.add(ofProduct);
                    floor.add(ofFloor);
                    ratios.add(Figures.millis(ofProduct, 50) / Figures.millis(ofFloor, 50));
                }
            }
        }
        return List.of(row(product, floor, Figures.median(ratios)));
    }

    private Row row(Histogram product, Histogram floor, double ratio) {
        double p50 = Figures.millis(product, 50);
        double p99 = Figures.millis(product, 99);
        return new Row(
                tcp ? "LLRP over TCP, 2,000 reads/s: sent to acknowledged" : "Mercury on a pty, 300 reads/s: the same",
                "p50 under 1 ms, p99 under 10 ms",
                String.format(
                        Locale.ROOT,
                        "%s; floor %s; %.1f × in the median",
                        Figures.delays(product),
                        Figures.delays(floor),
                        ratio),
                Row.outcome(p50 < P50_AIM_MILLIS && p99 < P99_AIM_MILLIS),
                Map.of(
                        "p50_ms",
                        p50,
                        "p99_ms",
                        p99,
                        "floor_p50_ms",
                        Figures.millis(floor, 50),
                        "floor_p99_ms",
                        Figures.millis(floor, 99),
                        "ratio_p50",
                        ratio,
                        "reads",
                        (double) product.getTotalCount()));
    }
}
