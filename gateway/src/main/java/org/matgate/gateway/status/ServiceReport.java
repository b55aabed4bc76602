package org.matgate.gateway.status;

import java.util.ArrayList;
import java.util.List;
import org.matgate.gateway.clock.ClockStatus;
import org.matgate.gateway.clock.Stamper;
import org.matgate.gateway.config.Config;
import org.matgate.gateway.journal.JournalStatus;
import org.matgate.gateway.reader.ReaderStatus;
import org.matgate.gateway.uplink.UplinkStatus;

/** What the running service says of itself. */
public final class ServiceReport {
    /**
     * All parts at one moment.
     *
     * @param nowNanos the moment, on CLOCK_MONOTONIC
     * @param startedNanos when the service started, on the same
     * @param readers in the configuration's order
     * @param pins a line for each
     * @param engines in the configuration's order
     */
    public record Snapshot(
            BoxLine.Box box,
            Config config,
            Stamper stamper,
            ClockStatus clock,
            long nowNanos,
            long startedNanos,
            List<ReaderStatus> readers,
            List<Line> pins,
            JournalStatus journal,
            List<UplinkStatus> engines) {}

    private ServiceReport() {}

    /** One line a part: box, clock, readers, pins, journal, engines. */
    public static Report of(Snapshot now) {
        List<Line> lines = new ArrayList<>();
        lines.add(BoxLine.of(
                now.box(),
                now.config(),
                now.stamper().stamp(now.startedNanos(), 1).utcNanos(),
                now.nowNanos() - now.startedNanos()));
        lines.add(ClockLine.of(now.stamper().stamp(now.nowNanos(), 0), now.clock()));
        for (int i = 0; i < now.readers().size(); i++) {
            lines.add(ReaderLines.reader(
                    now.config().readers().get(i), now.readers().get(i), now.nowNanos(), now.stamper()));
        }
        lines.addAll(now.pins());
        lines.add(JournalLine.of(now.journal()));
        for (int i = 0; i < now.engines().size(); i++) {
            lines.add(EngineLine.of(now.config().engines().get(i), now.engines().get(i)));
        }
        if (now.engines().isEmpty()) {
            lines.add(EngineLine.none());
        }
        return new Report(lines);
    }
}
