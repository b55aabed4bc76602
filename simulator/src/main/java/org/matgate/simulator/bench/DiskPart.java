package org.matgate.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.matgate.simulator.rehearsal.Workplace;

/**
 * What is written to the disk below a box for each read, and how long a read takes then: with two commit intervals, in
 * turns. The engine's store is kept in memory meanwhile, where there is room for it.
 */
final class DiskPart implements Part {
    private static final double PER_SECOND = 500;
    private static final Path MEMORY = Path.of("/dev/shm");

    /** One box. */
    private static final class Side {
        final Rig rig;
        final Optional<BlockDevice> disk;
        final Histogram delays = Figures.histogram();
        long bytes;

        Side(Rig rig) throws IOException {
            this.rig = rig;
            this.disk = BlockDevice.of(rig.directory());
        }

        void measure(double seconds) throws Exception {
            long before = written();
            delays.add(rig.measure(PER_SECOND, seconds));
            bytes += written() - before;
        }

        private long written() throws IOException {
            return disk.isPresent() ? disk.get().writtenBytes() : 0;
        }

        double bytesARead() {
            return (double) bytes / delays.getTotalCount();
        }

        String words() {
            String writes = disk.isPresent()
                    ? String.format(Locale.ROOT, "%,.0f bytes", bytesARead())
                    : "on no block device of its own";
            return writes + ", " + Figures.delays(delays);
        }
    }

    @Override
    public List<Row> measure(Ground ground) throws Exception {
        boolean inMemory = Files.isDirectory(MEMORY) && Files.isWritable(MEMORY);
        try (Workplace engines = Workplace.below(inMemory ? MEMORY : ground.directory())) {
            return List.of(measure(ground, engines.directory().directory()));
        }
    }

    private static Row measure(Ground ground, Path engines) throws Exception {
        double seconds = ground.quick() ? 0.5 : 5;
        try (Rig atOnce = rig(ground, engines, "0.0");
                Rig paced = rig(ground, engines, "0.02")) {
            Side first = new Side(atOnce);
            Side second = new Side(paced);
            atOnce.measure(PER_SECOND, seconds);
            paced.measure(PER_SECOND, seconds);
            for (int round = 0; round < ground.fullOrQuick(6, 1); round++) {
                first.measure(seconds);
                second.measure(seconds);
            }
            return row(first, second);
        }
    }

    private static Rig rig(Ground ground, Path engines, String interval) throws Exception {
        Rig rig = new Rig(ground, "disk-" + interval, engines);
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
        if (atOnce.disk.isPresent()) {
            figures.put("bytes_at_0_ms", atOnce.bytesARead());
            figures.put("bytes_at_20_ms", paced.bytesARead());
        }
        figures.put("p99_ms_at_0_ms", Figures.millis(atOnce.delays, 99));
        figures.put("p99_ms_at_20_ms", Figures.millis(paced.delays, 99));
        return new Row(
                "written to disk per read at 500 reads/s",
                "stated",
                "commit_interval 0: " + atOnce.words() + "; 20 ms: " + paced.words(),
                Row.Outcome.STATED,
                figures);
    }
}
