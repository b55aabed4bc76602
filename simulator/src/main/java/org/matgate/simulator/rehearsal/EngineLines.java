package org.matgate.simulator.rehearsal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.matgate.simulator.fault.Fault;
import org.matgate.simulator.fault.FaultyProxy;

/**
 * The lines from boxes to the engine that are to go wrong; all others are none of its business. How slow a line is, and
 * how much later things come, is of the wall, however fast the race is. Thread-safe.
 */
final class EngineLines implements AutoCloseable {
    private final Set<String> toGoWrong = new HashSet<>();
    private final Map<String, FaultyProxy> proxies = new HashMap<>();
    private int inTrouble;

    /** @param faults of the race */
    EngineLines(List<Fault> faults) {
        for (Fault fault : faults) {
            if (fault instanceof Fault.OfEngineLine line) {
                toGoWrong.add(line.box());
            }
        }
    }

    /** How a box reaches the engine: straight, or over a line that will go wrong. */
    synchronized EngineAccess to(EngineAccess engine, InetSocketAddress address, String box) throws IOException {
        if (!toGoWrong.contains(box)) {
            return engine;
        }
        FaultyProxy proxy = new FaultyProxy(address);
        proxies.put(box, proxy);
        InetSocketAddress dialled = proxy.address();
        return new EngineAccess(
                dialled.getAddress().getHostAddress() + ":" + dialled.getPort(), engine.pin(), engine.token());
    }

    /** A line goes wrong, or is put right. */
    synchronized void trouble(Fault.OfEngineLine fault, boolean now) {
        FaultyProxy line = proxies.get(fault.box());
        if (line == null) {
            throw new IllegalArgumentException("the line of " + fault.box() + " cannot go wrong");
        }
        inTrouble += now ? 1 : -1;
        switch (fault) {
            case Fault.EngineLineCut cut -> {
                line.refuse(now);
                if (now) {
                    line.cut();
                }
            }
            case Fault.EngineLineDead dead -> line.blackHole(now);
            case Fault.EngineLineSlow slow -> line.baud(now ? slow.baud() : 0);
            case Fault.EngineLineDelayed late -> line.delay(now ? Duration.ofNanos(late.delayNanos()) : Duration.ZERO);
        }
    }

    /** Whether none is in trouble now. */
    synchronized boolean well() {
        return inTrouble == 0;
    }

    @Override
    public synchronized void close() {
        proxies.values().forEach(FaultyProxy::close);
        proxies.clear();
    }
}
