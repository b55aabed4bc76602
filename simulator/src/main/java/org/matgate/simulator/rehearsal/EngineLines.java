package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.matgate.simulator.SimClock;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.fault.FaultLog;
import org.matgate.simulator.fault.FaultyProxy;
import org.matgate.simulator.fault.Happening.Kind;
import org.matgate.simulator.race.Scenario;

/** The lines between boxes and the engine, of those boxes whose line is to go wrong. Thread-safe once opened. */
final class EngineLines implements AutoCloseable {
    private final Map<String, FaultyProxy> lines = new LinkedHashMap<>();
    private final AtomicInteger inTrouble = new AtomicInteger();
    private final SimClock clock;
    private final FaultLog faults;

    private EngineLines(SimClock clock, FaultLog faults) {
        this.clock = clock;
        this.faults = faults;
    }

    /** Opens them. */
    static EngineLines open(Scenario scenario, String engineAddress, SimClock clock, FaultLog faults)
            throws IOException {
        EngineLines opened = new EngineLines(clock, faults);
        int port = Integer.parseInt(engineAddress.substring(engineAddress.lastIndexOf(':') + 1));
        InetSocketAddress engine = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            for (Fault fault : scenario.faults()) {
                if (fault instanceof Fault.OfEngineLine line && !opened.lines.containsKey(line.box())) {
                    opened.lines.put(line.box(), new FaultyProxy(engine));
                }
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Where a box finds the engine. */
    EngineAccess through(String box, EngineAccess direct) {
        FaultyProxy line = lines.get(box);
        return line == null
                ? direct
                : new EngineAccess(
                        line.address().getAddress().getHostAddress() + ":"
                                + line.address().getPort(),
                        direct.pin(),
                        direct.token());
    }

    /** It goes wrong. */
    void begin(Fault.OfEngineLine fault) {
        inTrouble.incrementAndGet();
        faults.add(clock.monotonicNanos(), Kind.ENGINE_LINE_TROUBLED, fault.box(), fault.announcement());
        FaultyProxy line = line(fault);
        switch (fault) {
            case Fault.EngineLineCut cut -> {
                line.refuse(true);
                line.cut();
            }
            case Fault.EngineLineDead dead -> line.blackHole(true);
            case Fault.EngineLineSlow slow -> line.baud(slow.baud());
            case Fault.EngineLineDelayed late -> line.delay(Duration.ofNanos(late.delayNanos()));
        }
    }

    /** It is put right. */
    void end(Fault.OfEngineLine fault) {
        FaultyProxy line = line(fault);
        switch (fault) {
            case Fault.EngineLineCut cut -> line.refuse(false);
            case Fault.EngineLineDead dead -> line.blackHole(false);
            case Fault.EngineLineSlow slow -> line.baud(0);
            case Fault.EngineLineDelayed late -> line.delay(Duration.ZERO);
        }
        faults.add(clock.monotonicNanos(), Kind.ENGINE_LINE_WELL, fault.box(), "");
        inTrouble.decrementAndGet();
    }

    /** Whether none is in trouble. */
    boolean well() {
        return inTrouble.get() == 0;
    }

    private FaultyProxy line(Fault.OfEngineLine fault) {
        FaultyProxy line = lines.get(fault.box());
        if (line == null) {
            throw new IllegalArgumentException("the line of " + fault.box() + " to the engine cannot go wrong");
        }
        return line;
    }

    @Override
    public void close() {
        lines.values().forEach(FaultyProxy::close);
    }
}
