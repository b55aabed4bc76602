package org.matgate.simulator.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.matgate.simulator.link.CountingRelay;

/** Bytes between box and engine, counted by a relay: what TCP carries, without its own headers. */
final class WirePart implements Part {
    private static final double AIM_BYTES = 20;
    private static final double LIVE_PER_SECOND = 500;
    private static final double PATIENCE_SECONDS = 120;

    @Override
    public List<Row> measure(Ground ground) throws Exception {
        int backlog = ground.fullOrQuick(200_000, 5_000);
        double seconds = ground.quick() ? 1 : 10;
        try (Rig rig = new Rig(ground, "wire");
                CountingRelay relay = CountingRelay.to(rig.engine().address())) {
            rig.llrp();
            String config = rig.configure(relay.address()).toString();
            GatewayTool.run(ground, List.of("fill", "--config", config, "--rows", String.valueOf(backlog)));
            rig.start();
            if (!BenchEngine.await(() -> rig.engine().stored() >= backlog, PATIENCE_SECONDS)) {
                throw new IOException("the backlog is not drained:\n"
                        + String.join("\n", rig.box().said()));
            }
            rig.settle();
            double ofBacklog = (double) relay.bytesOut() / rig.engine().stored();
            double back = (double) relay.bytesBack() / rig.engine().stored();
            long stored = rig.engine().stored();
            long out = relay.bytesOut();
            rig.measure(LIVE_PER_SECOND, seconds);
            double live = (double) (relay.bytesOut() - out) / (rig.engine().stored() - stored);
            return List.of(row(ofBacklog, back, live));
        }
    }

    private static Row row(double backlog, double back, double live) {
        return new Row(
                "on the wire per read",
                "backlog under 20 bytes; live stated",
                String.format(
                        Locale.ROOT,
                        "backlog %.1f bytes (%.2f come back); live at 500 reads/s %.1f bytes",
                        backlog,
                        back,
                        live),
                Row.outcome(backlog < AIM_BYTES),
                Map.of("backlog_bytes", backlog, "backlog_bytes_back", back, "live_bytes", live));
    }
}
