package org.matgate.simulator.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.matgate.simulator.fault.FaultyProxy;

/**
 * Bytes between box and engine, counted by a proxy: what TCP carries, without its own headers. On a line as a crew has it,
 * which compressed batches are for, and on one that is as fast as it goes; of reads that real drivers made of what mats
 * said, each of a chip of its own, which costs more than a race does.
 */
final class WirePart implements Part {
    private static final double AIM_BYTES = 20;
    private static final double PATIENCE_SECONDS = 120;

    /** A mobile network on a good day, in each direction. */
    private static final int CREW_BAUD = 1_000_000;

    private static final Duration CREW_DELAY = Duration.ofMillis(20);

    private enum Family {
        LLRP(2000),
        MERCURY(300);

        /** As fast as the backlog is made; live reads come at a quarter of that. */
        final double perSecond;

        Family(double perSecond) {
            this.perSecond = perSecond;
        }
    }

    /** Bytes to the engine for each read. */
    private record Bytes(double backlog, double live) {}

    @Override
    public List<Row> measure(Ground ground) throws Exception {
        return List.of(
                row(ground, "on the wire per read, 1 Mbit/s", "crew", CREW_BAUD, CREW_DELAY),
                row(ground, "the same as fast as it goes", "fast", 0, Duration.ZERO));
    }

    private static Row row(Ground ground, String what, String name, int baud, Duration delay) throws Exception {
        Bytes llrp = measure(ground, Family.LLRP, name, baud, delay);
        Bytes mercury = measure(ground, Family.MERCURY, name, baud, delay);
        return new Row(
                what,
                "backlog under 20 bytes; live stated",
                String.format(
                        Locale.ROOT,
                        "backlog LLRP %.1f bytes, Mercury %.1f; live LLRP at 500 reads/s %.1f, Mercury at 75 %.1f",
                        llrp.backlog,
                        mercury.backlog,
                        llrp.live,
                        mercury.live),
                Row.outcome(llrp.backlog < AIM_BYTES && mercury.backlog < AIM_BYTES),
                Map.of(
                        "llrp_backlog_bytes", llrp.backlog,
                        "mercury_backlog_bytes", mercury.backlog,
                        "llrp_live_bytes", llrp.live,
                        "mercury_live_bytes", mercury.live));
    }

    private static Bytes measure(Ground ground, Family family, String line, int baud, Duration delay) throws Exception {
        double seconds = ground.quick() ? 1 : 4;
        try (Rig rig = new Rig(ground, "wire-" + line + "-" + family.name().toLowerCase(Locale.ROOT));
                FaultyProxy proxy = new FaultyProxy(rig.engine().socketAddress())) {
            proxy.baud(baud);
            proxy.delay(delay);
            switch (family) {
                case LLRP -> rig.llrp();
                case MERCURY -> rig.mercury();
            }
            InetSocketAddress address = proxy.address();
            rig.configure(address.getAddress().getHostAddress() + ":" + address.getPort());
            rig.start();
            rig.settle();
            double live = perRead(rig, proxy, family.perSecond / 4, seconds, false);
            return new Bytes(perRead(rig, proxy, family.perSecond, seconds, true), live);
        }
    }

    /** @param away whether the engine is out of reach while the reads are made */
    private static double perRead(Rig rig, FaultyProxy proxy, double perSecond, double seconds, boolean away)
            throws Exception {
        long bytes = proxy.bytes(true);
        long stored = rig.engine().stored();
        long sent = rig.sent().count();
        if (away) {
            proxy.refuse(true);
            proxy.cut();
        }
        rig.play(perSecond, seconds);
        rig.settle();
        proxy.refuse(false);
        long reads = rig.sent().count() - sent;
        if (!BenchEngine.await(() -> rig.engine().stored() >= stored + reads, PATIENCE_SECONDS)) {
            throw new IOException("of " + reads + " reads the engine has "
                    + (rig.engine().stored() - stored) + ":\n"
                    + String.join("\n", rig.box().said()));
        }
        return (double) (proxy.bytes(true) - bytes) / (rig.engine().stored() - stored);
    }
}
