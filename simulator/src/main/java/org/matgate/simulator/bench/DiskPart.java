package org.matgate.simulator.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What a box writes to disk for each read, and how long a read takes then: with two commit intervals, in turns. */
final class DiskPart implements Part {
    private static final double PER_SECOND = 500;

    /** One box. */
    private static final class Side {
        final Rig rig;
        final Histogram delays = Figures.histogram();
        long bytes;

        Side(Rig rig) {
            this.rig = rig;
        }

        void measure(double seconds) throws Exception {
            long before = rig.box().writtenBytes();
            delays.add(rig.measure(PER_SECOND, seconds));
            bytes += rig.box().writtenBytes() - before;
        }

        double bytesARead() {
            return (double) bytes / delays.getTotalCount();
        }
    }

    @Override
    public List<Row> measure(Ground ground) throws Exception {
        double seconds = ground.quick() ? 0.5 : 5;
        try (Rig atOnce = rig(ground, "0.0");
                Rig paced = rig(ground, "0.02")) {
            Side first = new Side(atOnce);
            Side second = new Side(paced);
            atOnce.measure(PER_SECOND, seconds);
            paced.measure(PER_SECOND, seconds);
            for (int round = 0; round < ground.fullOrQuick(6, 1); round++) {
                first.measure(seconds);
                second.measure(seconds);
            }
            return List.of(row(first, second));
        }
    }

    private static Rig rig(Ground ground, String interval) throws Exception {
        Rig rig = new Rig(ground, "disk-" + interval);
        try {
            rig.llrp();
            rig.configure();
            rig.config().line("[journal]").line("commit_interval = " + interval).write(rig.directory());
            rig.start();
            return rig;
        } catch (Exception e) {
            rig.close();
            throw e;
        }
    }

    private static Row row(Side atOnce, Side paced) {
        Map<String, Double> figures = new HashMap<>();
        figures.put("bytes_at_0_ms", atOnce.bytesARead());
        figures.put("bytes_at_20_ms", paced.bytesARead());
        figures.put("p99_ms_at_0_ms", Figures.millis(atOnce.delays, 99));
        figures.put("p99_ms_at_20_ms", Figures.millis(paced.delays, 99));
        return new Row(
                "written to disk per read at 500 reads/s",
                "stated",
                String.format(
                        Locale.ROOT,
                        "commit_interval 0: %,.0f bytes, %s; 20 ms: %,.0f bytes, %s",
                        atOnce.bytesARead(),
                        Figures.delays(atOnce.delays),
                        paced.bytesARead(),
                        Figures.delays(paced.delays)),
                Row.Outcome.STATED,
                figures);
    }
}
